"""Which part a component plays, by its type or else by its software, and what people call that part."""

WEB, PROXY, APP, BATCH, CACHE, DATA, ADMIN = "web", "proxy", "app", "batch", "cache", "data", "admin"
BALANCER, QUEUE, ANALYTICS = "balancer", "queue", "analytics"
ROLE_OF_TYPE = {
    "web_server": WEB,
    "cms_web_server": WEB,
    "reverse_proxy": PROXY,
    "lb_vm": BALANCER,
    "app_server": APP,
    "app_service": APP,
    "worker": BATCH,
    "cache_server": CACHE,
    "message_queue": QUEUE,
    "analytics": ANALYTICS,
    "db_server": DATA,
    "docdb_node": DATA,
    "dbaas": DATA,
    "baremetal_db": DATA,
    "bastion": ADMIN,
    "vpn_vm": ADMIN,
}
ROLE_OF_SOFTWARE = {  # for plain servers, dedicated ones, growth pools and an operator's own types
    "nginx": WEB,
    "apache": WEB,
    "wordpress": WEB,
    "drupal": WEB,
    "opencart": WEB,
    "haproxy": PROXY,
    "varnish": PROXY,
    "app": APP,
    "memcached": CACHE,
    "redis": CACHE,
    "rabbitmq": QUEUE,
    "mysql": DATA,
    "mariadb": DATA,
    "postgresql": DATA,
    "mongodb": DATA,
    "tinc": ADMIN,
    "wireguard": ADMIN,
}
STATELESS = frozenset({WEB, PROXY, APP})  # any server of the role can answer any request
INNER = frozenset({APP, BATCH, CACHE, DATA, QUEUE, ANALYTICS})  # never spoken to from the internet
TIER_NAMES = {
    WEB: "web servers",
    PROXY: "proxies",
    BALANCER: "balancers",
    APP: "application servers",
    BATCH: "workers",
    CACHE: "caches",
    QUEUE: "message brokers",
    ANALYTICS: "analytics servers",
    DATA: "databases",
}

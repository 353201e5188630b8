# make run and make test are all a newcomer needs; the rest is in CONTRIBUTING.md.
PYTHON ?= python3
PRACTICE_CLOUD = $(PYTHON) docker/practice-cloud/practice_cloud.py

.PHONY: setup run test check bench golden api-types lock deployed-templates practice-cloud practice-cloud-stop

setup:
	@$(PYTHON) config/bootstrap.py run

run: setup
	@exec .venv/bin/python manage.py run

test:
	@$(PYTHON) config/bootstrap.py test
	@.venv/bin/python -m tests.run all

check:
	@$(PYTHON) config/bootstrap.py test
	@.venv/bin/python -m tests.run quick

bench: setup
	@.venv/bin/python -m bench

# Rewrites the golden files. Read the difference before you commit it.
golden:
	@GOLDEN=rewrite .venv/bin/pytest -q tests -m "not cloud and not browser and not machines" -k golden

# The OpenAPI schema and the TypeScript types made from it.
api-types:
	@.venv/bin/python manage.py spectacular --file frontend/src/api/schema.yaml
	@cd frontend && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run --silent api-types

# Sends the fifteen templates to the practice cloud and back, or those that ONLY names, and writes the rows of
# docs/deployed-templates.md: make deployed-templates ONLY="osc-net or rax-basic"
deployed-templates:
	@GOLDEN=rewrite .venv/bin/pytest -q tests/cloud/test_fifteen_templates.py -k "$(or $(ONLY),deployed)"

lock:
	@for name in bootstrap base dev; do \
		.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
			requirements/$$name.in -o requirements/$$name.txt; \
	done

practice-cloud: setup
	@$(PRACTICE_CLOUD) up --clouds-yaml clouds.yaml
	@.venv/bin/python manage.py first_user
	@.venv/bin/python manage.py add_cloud practice --clouds-yaml clouds.yaml

practice-cloud-stop:
	@$(PRACTICE_CLOUD) stop

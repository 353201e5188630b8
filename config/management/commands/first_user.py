"""Makes the first user of a new installation."""

from django.core.management import BaseCommand, call_command

from config.first_user import ensure_first_user


class Command(BaseCommand):
    help = "Make the first user when there is none, and say how to sign in."

    def handle(self, *args: object, **options: object) -> None:
        call_command("migrate", verbosity=0)
        first = ensure_first_user()
        self.stdout.write(
            f"First user: {first.username}" + (f", password {first.password}" if first.password else "")
        )

from tests.check_resources.simulated import simulator

__all__ = ["simulator"]

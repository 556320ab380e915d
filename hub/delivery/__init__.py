"""Events told to departments' systems: endpoints, the queue of deliveries, signed requests, alarms."""

"""What is told to the public: typical cases, rectified cases, press conferences."""

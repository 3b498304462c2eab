"""What is public: the newsroom, and the gate that everything passes on its way there."""

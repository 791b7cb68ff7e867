"""What showup is made of: the pinned packages, their licences, a bill of materials, known weaknesses."""

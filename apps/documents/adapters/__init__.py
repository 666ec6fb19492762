"""Ways out of documents: the disk, and a process apart that opens what strangers sent."""

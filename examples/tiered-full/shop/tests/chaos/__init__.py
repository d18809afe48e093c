"""Tests in which what the application depends on fails."""

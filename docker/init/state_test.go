package main

import (
	"syscall"
	"testing"
)

// What a process leaves behind that no file shows is seen all the same.
func TestSharedMemoryIsSeen(t *testing.T) {
	before := systemV()
	if before == "" {
		t.Skip("this kernel has no System V objects")
	}
	const create, private, remove = 0o1000 | 0o600, 0, 0
	id, _, failed := syscall.Syscall(syscall.SYS_SHMGET, private, 4096, create)
	if failed != 0 {
		t.Fatal(failed)
	}
	if systemV() == before {
		t.Error("a segment of shared memory is not seen")
	}
	syscall.Syscall(syscall.SYS_SHMCTL, id, remove, 0)
	if systemV() != before {
		t.Error("what is taken away is seen still")
	}
}

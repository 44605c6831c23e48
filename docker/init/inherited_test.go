package main

import (
	"syscall"
	"testing"
)

// What the next process would take over is seen, whoever changed it.
func TestLimitsAreSeen(t *testing.T) {
	before := inherited()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	less := syscall.Rlimit{Cur: limit.Cur - 1, Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &less); err != nil {
		t.Fatal(err)
	}
	if inherited() == before {
		t.Error("a limit is not seen")
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if inherited() != before {
		t.Error("what is as it was is told as changed")
	}
}

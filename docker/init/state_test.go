package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Who writes a file may give it any time, but for the one at which it was changed.
func TestRewrittenFileIsSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "etcd")
	look := func() (entry, time.Time) {
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		return entryOf(path, info), info.ModTime()
	}
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("as it was")
	before, modified := look()
	if again, _ := look(); again != before {
		t.Error("what is as it was is told as changed")
	}
	// The kernel's clock for files goes in steps.
	time.Sleep(20 * time.Millisecond)
	write("otherwise")
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
	after, now := look()
	if !now.Equal(modified) || after == before {
		t.Error("another text of the same length and time is not seen")
	}
}

// An owner is one of the things that are compared.
func TestAnotherOwnerIsSeen(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	for _, path := range []string{t.TempDir(), filepath.Join(t.TempDir(), "file")} {
		os.WriteFile(path, nil, 0o600)
		before, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(path, 12345, 7); err != nil {
			t.Fatal(err)
		}
		if after, _ := os.Lstat(path); entryOf(path, after) == entryOf(path, before) {
			t.Errorf("another owner of %s is not seen", path)
		}
	}
}

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

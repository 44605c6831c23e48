package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// killStrays ends every process that is of no session of ours, and says whether all of them are gone in time.
func (t *table) killStrays() bool {
	for deadline := time.Now().Add(drainLimit); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		strays := t.strays()
		if len(strays) == 0 {
			return true
		}
		for _, pid := range strays {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	return false
}

func (t *table) strays() (pids []int) {
	t.Lock()
	defer t.Unlock()
	found, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range found {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		session, lives := read(string(text))
		if pid != os.Getpid() && lives && t.byPID[session] == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// read takes the session of a process from its line (proc_pid_stat(5)), and whether it lives: one whose first thread has
// ended is told as a zombie, but its other threads go on, with all that it has open.
func read(stat string) (session int, lives bool) {
	// After the name, which may be anything: state, parent, group, session, and 13 on the number of threads.
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	session, _ = strconv.Atoi(fields[3])
	threads, _ := strconv.Atoi(fields[17])
	return session, fields[0] != "Z" || threads > 1
}

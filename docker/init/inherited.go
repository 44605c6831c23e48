package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

var processors = regexp.MustCompile(`(?m)^Cpus_allowed:.*$`)

// inherited tells what a process takes over from this one, and root may have changed meanwhile from within another:
// limits, how soon the kernel ends it for want of memory, and of every thread its priority and processors.
func inherited() string {
	all := ""
	for _, name := range []string{"limits", "oom_score_adj", "coredump_filter"} {
		text, _ := os.ReadFile("/proc/self/" + name)
		all += string(text)
	}
	threads := []string{}
	found, _ := filepath.Glob("/proc/self/task/[0-9]*")
	for _, folder := range found {
		thread, _ := strconv.Atoi(filepath.Base(folder))
		status, err := os.ReadFile(folder + "/status")
		priority, failed := syscall.Getpriority(syscall.PRIO_PROCESS, thread)
		// One that ended between the two is nobody's.
		if err == nil && failed == nil {
			threads = append(threads, fmt.Sprintln(priority, processors.FindString(string(status))))
		}
	}
	// They come and go, alike.
	slices.Sort(threads)
	return all + strings.Join(slices.Compact(threads), "")
}

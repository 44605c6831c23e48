package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// headless says to this program that it is to go on without its first thread.
const headless = "ETCD_TLS_TEST_HEADLESS"

// The first thread is the one that package initialization runs on.
func init() {
	if os.Getenv(headless) == "" {
		return
	}
	runtime.LockOSThread()
	listening := make(chan bool)
	go func() {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		os.Stdout.WriteString(listener.Addr().String() + "\n")
		close(listening)
		for {
			if conn, err := listener.Accept(); err == nil {
				conn.Close()
			}
		}
	}()
	<-listening
	syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
}

// What goes on listening is no dead process, whatever state its first thread is in. Strays of this machine are only
// looked for here: none is ended but our own.
func TestOneWithoutItsFirstThreadLives(t *testing.T) {
	left := exec.Command(os.Args[0])
	left.Env = append(os.Environ(), headless+"=1")
	left.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	out, err := left.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := left.Start(); err != nil {
		t.Fatal(err)
	}
	defer left.Process.Kill()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	awaitThreads(t, left.Process.Pid, func(n int) bool { return n > 1 })
	conn, err := net.Dial("tcp", address[:len(address)-1])
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	all := &table{byPID: map[int]*process{}}
	if !slices.Contains(all.strays(), left.Process.Pid) {
		t.Error("it listens, and is told as gone")
	}
	syscall.Kill(left.Process.Pid, syscall.SIGKILL)
	awaitThreads(t, left.Process.Pid, func(n int) bool { return n <= 1 })
	if slices.Contains(all.strays(), left.Process.Pid) {
		t.Error("it ended, and is told as living")
	}
	left.Wait()
}

// awaitThreads waits until the first thread has ended and the number of threads fits.
func awaitThreads(t *testing.T, pid int, fits func(threads int) bool) {
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			t.Fatal(err)
		}
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if threads, _ := strconv.Atoi(fields[17]); fields[0] == "Z" && fits(threads) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("its first thread does not end: %v", fields)
		}
	}
}

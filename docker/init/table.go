package main

import (
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// drainLimit is how long the streams of a process that ended may stay open.
const drainLimit = time.Second

// process is one that runs.
type process struct {
	id, pid int
	streams []*os.File
	drained sync.WaitGroup
}

// table knows the processes that run.
type table struct {
	sync.Mutex
	tell  *teller
	byID  map[int]*process
	byPID map[int]*process
}

func newTable(tell *teller) *table {
	t := &table{tell: tell, byID: map[int]*process{}, byPID: map[int]*process{}}
	children := make(chan os.Signal, 1)
	signal.Notify(children, syscall.SIGCHLD)
	go func() {
		for range children {
			t.reap()
		}
	}()
	return t
}

// start runs a command in a session of its own. Its parent is nobody else's: an end is seen by reap alone, which waits
// until the start is told.
func (t *table) start(o order) error {
	path, err := exec.LookPath(o.Argv[0])
	if err != nil {
		return err
	}
	p := &process{id: o.ID}
	var writers []*os.File
	defer func() {
		for _, writer := range writers {
			writer.Close()
		}
	}()
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer nothing.Close()
	for range []int{1, 2} {
		reader, writer, err := os.Pipe()
		if err != nil {
			return err
		}
		p.streams, writers = append(p.streams, reader), append(writers, writer)
	}
	t.Lock()
	defer t.Unlock()
	p.pid, err = syscall.ForkExec(path, o.Argv, &syscall.ProcAttr{
		Env:   append(os.Environ(), o.Env...),
		Files: []uintptr{nothing.Fd(), writers[0].Fd(), writers[1].Fd()},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		return &os.PathError{Op: "exec", Path: path, Err: err}
	}
	t.byID[p.id], t.byPID[p.pid] = p, p
	t.tell.tell(news{ID: p.id, Is: "started"})
	for i, to := range []string{"stdout", "stderr"} {
		p.drained.Add(1)
		go t.forward(p, p.streams[i], to)
	}
	return nil
}

func (t *table) forward(p *process, from *os.File, to string) {
	defer p.drained.Done()
	defer from.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			t.tell.tell(news{ID: p.id, Is: "said", To: to, Bytes: buffer[:n]})
		}
		if err != nil {
			return
		}
	}
}

// reap takes in every child that ended, also those that their parents left behind.
func (t *table) reap() {
	for {
		var status syscall.WaitStatus
		t.Lock()
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		p := t.byPID[pid]
		if p != nil {
			delete(t.byPID, pid)
		}
		t.Unlock()
		if err == syscall.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
		if p != nil {
			go t.ended(p, status)
		}
	}
}

func (t *table) ended(p *process, status syscall.WaitStatus) {
	syscall.Kill(-p.pid, syscall.SIGKILL)
	for _, stream := range p.streams {
		stream.SetReadDeadline(time.Now().Add(drainLimit))
	}
	p.drained.Wait()
	t.Lock()
	delete(t.byID, p.id)
	t.Unlock()
	code := status.ExitStatus()
	if status.Signaled() {
		code = 128 + int(status.Signal())
	}
	t.tell.tell(news{ID: p.id, Is: "ended", Status: code})
}

// signal goes to the process alone if it is asked to end, to its whole group if it is made to.
func (t *table) signal(id int, sig syscall.Signal) {
	t.Lock()
	defer t.Unlock()
	p := t.byID[id]
	if p == nil || t.byPID[p.pid] != p {
		return
	}
	if sig == syscall.SIGKILL {
		syscall.Kill(-p.pid, sig)
	} else {
		syscall.Kill(p.pid, sig)
	}
}

// ask says whether the very process that was started runs: it was not reaped, so no other one has its number.
func (t *table) ask(id int) news {
	t.Lock()
	defer t.Unlock()
	if p := t.byID[id]; p != nil && t.byPID[p.pid] == p {
		return news{ID: id, Is: "there"}
	}
	return news{ID: id, Is: "gone"}
}

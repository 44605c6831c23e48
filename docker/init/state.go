package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// entry is what is known of a file.
type entry struct {
	mode     fs.FileMode
	uid, gid uint32
	size     int64
	// changed is when anything of it was, its attributes included: the one time that nobody can set.
	changed syscall.Timespec
	// text, of the files that are the engine's own.
	text string
}

// state is what the container's files were like before the first process, and what was written since by order.
type state struct {
	found map[string]entry
	// overwritten: path to the text that was there.
	overwritten map[string][]byte
	// shared is what System V objects there were: no process has to hold them.
	shared string
	// inherited is what each process takes over from this one.
	inherited string
}

// elsewhere are trees of the kernel, and what the host has lent for reading (harness/world/berth.ts).
var elsewhere = map[string]bool{
	"/proc": true, "/sys": true, "/dev/pts": true, "/etcd-tls-host": true, "/etcd-tls-init": true,
}

// engines are mounted by the engine, which gives them to root once more when another container comes into the namespace.
var engines = map[string]bool{"/etc/hostname": true, "/etc/hosts": true, "/etc/resolv.conf": true}

func survey() (*state, error) {
	s := &state{found: map[string]entry{}, overwritten: map[string][]byte{}, shared: systemV(), inherited: inherited()}
	err := walk(func(path string, info fs.FileInfo) error {
		s.found[path] = entryOf(path, info)
		return nil
	})
	return s, err
}

func walk(visit func(path string, info fs.FileInfo) error) error {
	return filepath.WalkDir("/", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if elsewhere[path] && d.IsDir() {
			return fs.SkipDir
		} else if elsewhere[path] {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return visit(path, info)
	})
}

// systemV lists shared memory, semaphores and queues, as the kernel does; nothing where it has none.
func systemV() string {
	all := ""
	for _, kind := range []string{"shm", "sem", "msg"} {
		text, _ := os.ReadFile("/proc/sysvipc/" + kind)
		all += string(text)
	}
	return all
}

// entryOf leaves out the size and time of a folder, which change with what comes and goes in it, and of a device.
func entryOf(path string, info fs.FileInfo) entry {
	of := info.Sys().(*syscall.Stat_t)
	e := entry{mode: info.Mode(), uid: of.Uid, gid: of.Gid}
	if engines[path] && info.Mode().IsRegular() {
		text, _ := os.ReadFile(path)
		e.text = string(text)
	} else if !info.IsDir() && info.Mode()&fs.ModeDevice == 0 {
		e.size, e.changed = info.Size(), of.Ctim
	}
	return e
}

// restore removes what was not there, puts back what was overwritten by order, and says what else is not as it was.
func (s *state) restore() (why string) {
	for path, text := range s.overwritten {
		if info, err := os.Lstat(path); err != nil || s.found[path] != entryOf(path, info) {
			return path + " is not as it was"
		}
		if err := s.overwrite(path, text); err != nil {
			return err.Error()
		}
		delete(s.overwritten, path)
	}
	seen := 0
	err := walk(func(path string, info fs.FileInfo) error {
		was, known := s.found[path]
		if !known {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			if info.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		seen++
		if was != entryOf(path, info) {
			return fmt.Errorf("%s is not as it was", path)
		}
		return nil
	})
	if err != nil {
		return err.Error()
	}
	if seen != len(s.found) {
		return "a file of the image is gone"
	}
	if systemV() != s.shared {
		return "shared memory, semaphores or queues are not as they were"
	}
	if inherited() != s.inherited {
		return "limits of the first process are not as they were"
	}
	return ""
}

// write lays out the files and links of a process; only root reads files that were not there.
func (s *state) write(files, links map[string]string) error {
	for path, to := range links {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(to, path); err != nil {
			return err
		}
	}
	for path, text := range files {
		if _, there := s.found[path]; there {
			was, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if err := s.overwrite(path, []byte(text)); err != nil {
				return err
			}
			s.overwritten[path] = was
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// overwrite changes the text in place: the engine's own files are mounts.
func (s *state) overwrite(path string, text []byte) error {
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	info, err := os.Lstat(path)
	if err == nil {
		s.found[path] = entryOf(path, info)
	}
	return err
}

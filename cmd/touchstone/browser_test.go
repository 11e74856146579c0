package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a tab of a headless Chromium, and what happened in it since the last page was opened.
type browser struct {
	ctx                 context.Context
	folder, axe, checks string

	mu               sync.Mutex
	requests, noises []string
}

// newBrowser starts the browser that .ci/run names, or skips the test.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	program, axe := os.Getenv("TOUCHSTONE_CHROMIUM"), os.Getenv("TOUCHSTONE_AXE")
	if program == "" || axe == "" {
		t.Skip("needs a browser: .ci/run runs this, or set TOUCHSTONE_CHROMIUM to the path of chromium and TOUCHSTONE_AXE to that of axe.min.js of the npm package axe-core")
	}
	b := &browser{folder: t.TempDir(), axe: read(t, axe), checks: read(t, "../../testdata/browser/checks.js")}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, // a container has none, and the pages are ours
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	b.ctx, stop = chromedp.NewContext(allocator)
	t.Cleanup(stop)
	if err := chromedp.Do(b.ctx); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	t.Cleanup(func() { _ = chromedp.Cancel(b.ctx) }) // waits until it has ended and its folder can go
	b.hear(t)
	return b
}

// tab is another tab of the same browser.
func (b *browser) tab(t *testing.T) *browser {
	t.Helper()
	another := &browser{folder: t.TempDir(), axe: b.axe, checks: b.checks}
	var stop func()
	another.ctx, stop = chromedp.NewContext(b.ctx)
	t.Cleanup(stop)
	another.hear(t)
	return another
}

func (b *browser) hear(t *testing.T) {
	t.Helper()
	if err := chromedp.Listen(b.ctx, b.listen); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// listen notes what a page loads, says or asks. A question is answered with no, or the page would wait for ever.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.noises = append(b.noises, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.noises = append(b.noises, fmt.Sprintf("console %s", e.Type))
	case *log.EventEntryAdded:
		b.noises = append(b.noises, "log: "+e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		b.noises = append(b.noises, "dialog: "+e.Message)
		go func() {
			_, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
		}()
	}
}

// happened is what the open page loaded and said.
func (b *browser) happened() (requests, noises []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.requests, b.noises
}

// command sends a command of the protocol to the tab.
func command[P, R any](t *testing.T, b *browser, cmd cdp.Command[P, R], params P) R {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, time.Minute)
	defer stop()
	result, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Method, err)
	}
	return result
}

// do evaluates an expression for its effect on the page.
func (b *browser) do(t *testing.T, expression string) {
	t.Helper()
	ask[chromedp.Void](t, b, expression)
}

// ask evaluates an expression in the page, and waits for what it promises.
func ask[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, time.Minute)
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.200s: %v", expression, err)
	}
	return value
}

// open shows a page, written to a file as a user would have it, and gets the checks ready.
func (b *browser) open(t *testing.T, html string) {
	t.Helper()
	file := filepath.Join(b.folder, "page.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(file), "/")}).String()
	b.mu.Lock()
	b.requests, b.noises = nil, nil
	b.mu.Unlock()
	ctx, stop := context.WithTimeout(b.ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	b.do(t, b.checks)
}

// Screens in CSS pixels. The small one is the wide one at 400 %, and as wide as a phone.
const (
	wideWidth, wideHeight   = 1280, 1024
	smallWidth, smallHeight = wideWidth / 4, wideHeight / 4
)

func (b *browser) wide(t *testing.T)  { t.Helper(); b.screen(t, wideWidth, wideHeight) }
func (b *browser) small(t *testing.T) { t.Helper(); b.screen(t, smallWidth, smallHeight) }

func (b *browser) screen(t *testing.T, width, height int64) {
	t.Helper()
	command(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// media says for what the page is shown, "" for a screen, and which colours its user prefers: light or dark.
func (b *browser) media(t *testing.T, media, scheme string) {
	t.Helper()
	command(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// wrong fails with what a check of the page returns.
func (b *browser) wrong(t *testing.T, check string) {
	t.Helper()
	const most = 20
	lines := ask[[]string](t, b, "checks."+check)
	for _, line := range lines[:min(len(lines), most)] {
		t.Errorf("%s: %s", check, line)
	}
	if len(lines) > most {
		t.Errorf("%s: and %d more", check, len(lines)-most)
	}
}

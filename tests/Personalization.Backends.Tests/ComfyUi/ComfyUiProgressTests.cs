using System.Net.Http.Headers;
using Personalization.Backends.ComfyUi;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.ComfyUi;

/// <summary>What people are told while ComfyUI paints.</summary>
public sealed class ComfyUiProgressTests
{
    private const string Stranger = """
        {
          "prompt": {
            "1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}},
            "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}
          },
          "prompt_id": "5eed0000-0000-4000-8000-000000000000"
        }
        """;

    private static readonly ImageRequest Request = Requests.Small() with { Model = "sd15.safetensors" };

    [Fact]
    public async Task ComfyUi_progress_never_falls_and_keeps_the_newest_preview()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsPainting = true });
        using var backend = ComfyUiTests.Backend(server);
        var reports = 0;
        var reporter = new RecordedReporter
        {
            OnReport = progress =>
            {
                // Polls follow, which know of finished pictures alone.
                reports += progress.Fraction > 0 ? 1 : 0;
                if (reports is 4 or 8)
                {
                    server.ReleaseOne();
                }
            },
        };

        await backend.PaintAsync(Request with { Count = 2 }, PaintingSources.None, reporter, Cancellation);

        var fractions = reporter.Progress.Select(progress => progress.Fraction).ToArray();
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal([0.25, 0.5, 0.75], fractions.Distinct().Where(fraction => fraction is > 0 and < 1));
        Assert.All(reporter.Progress.SkipWhile(progress => progress.Preview.IsEmpty), progress => Assert.False(progress.Preview.IsEmpty));
    }

    [Fact]
    public async Task ComfyUi_picture_is_done_when_the_socket_says_so()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsFrom = 2 });
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.FailNext("GET", "/history", async context =>
        {
            await told.Task;
            context.Abort();
        });
        using var backend = ComfyUiTests.Backend(server);
        var polls = int.MaxValue;
        var reporter = new RecordedReporter
        {
            OnReport = progress =>
            {
                if (progress.Fraction >= 0.75 && !told.Task.IsCompleted)
                {
                    polls = server.Calls.Count(call => call.Path.StartsWith("/history/", StringComparison.Ordinal));
                    told.TrySetResult();
                    server.Release();
                }
            },
        };

        await backend.PaintAsync(Request with { Count = 2 }, PaintingSources.None, reporter, Cancellation);

        // The first one was never answered.
        Assert.InRange(polls, 0, 1);
    }

    [Fact]
    public async Task ComfyUi_progress_of_other_peoples_prompts_is_not_shown()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsPainting = true });
        server.Put("a.png", Requests.Picture());
        using var http = new HttpClient { BaseAddress = server.Address };
        using var backend = ComfyUiTests.Backend(server);

        // Without a client_id, the server tells every connection of a prompt.
        var reporter = new RecordedReporter { OnTicket = async _ => (await http.PostAsync("prompt", new StringContent(Stranger, new MediaTypeHeaderValue("application/json")), Cancellation)).EnsureSuccessStatusCode() };
        var painting = backend.PaintAsync(Request, PaintingSources.None, reporter, Cancellation);
        await server.CalledAsync(_ => ComfyUiTests.Calls(server, "/queue", "GET").Length > 3);
        server.Release();
        await painting;

        var waiting = reporter.Progress.Select(progress => progress.Ahead is > 0).ToList().LastIndexOf(true);
        Assert.InRange(waiting, 2, int.MaxValue);
        Assert.All(reporter.Progress.Take(waiting + 1), progress => Assert.Equal((0, true), (progress.Fraction, progress.Preview.IsEmpty)));
    }

    [Fact]
    public void ComfyUi_samplers_of_a_prompt_are_equal_shares_of_it()
    {
        var reporter = new RecordedReporter("a");
        var progress = new ComfyUiProgress(reporter, _ => ["a"], samplers: 2, () => { });

        progress.AdvanceNode("a", "5", 0.5);
        progress.AdvanceNode("a", "5", 1);
        progress.AdvanceNode("a", "23", 0.5);
        progress.Advance("a", 1);

        Assert.Equal([0.25, 0.5, 0.75, 1], reporter.Progress.Select(report => report.Fraction));
    }

    [Fact]
    public void ComfyUi_painting_is_given_its_time_again_with_each_sign_of_it_also_one_that_is_no_further()
    {
        var renewals = 0;
        var progress = new ComfyUiProgress(new RecordedReporter("a"), _ => ["a"], samplers: 1, () => renewals++);

        AssertRenews(1, () => progress.AdvanceNode("a", "upscale", 0.9));
        AssertRenews(0, () => progress.AdvanceNode("a", "upscale", 0.9));
        AssertRenews(1, () => progress.AdvanceNode("a", "upscale", 0.1));
        AssertRenews(1, () => progress.Advance("a", 0, Requests.Picture()));
        AssertRenews(0, () => progress.AdvanceNode("theirs", "upscale", 0.5));
        AssertRenews(0, () => progress.Advance("theirs", 0, Requests.Picture()));

        void AssertRenews(int expected, Action act)
        {
            renewals = 0;
            act();
            Assert.Equal(expected, renewals);
        }
    }

    [Fact]
    public void ComfyUi_job_that_has_begun_does_not_wait_again_for_a_queue_of_before()
    {
        var reporter = new RecordedReporter("a");
        var progress = new ComfyUiProgress(reporter, _ => ["a"], samplers: 1, () => { });

        progress.Report(new(0, Ahead: 1));
        progress.AdvanceNode("a", "3", 0.5);
        progress.Report(new(0, Ahead: 1));

        Assert.Equal([(0, 1), (0.5, null), (0.5, (int?)null)], reporter.Progress.Select(report => (report.Fraction, report.Ahead)));
    }

    [Fact]
    public async Task ComfyUi_progress_begins_anew_with_a_new_submission()
    {
        await using var server = await ComfyUiTests.StartAsync(new() { HoldsFrom = 2 });
        server.FailNext("GET", "/view", StandIn.Status(404, "", "text/plain"));
        using var backend = ComfyUiTests.Backend(server);
        var reporter = new RecordedReporter { OnReport = progress => Release(server, progress) };

        await backend.PaintAsync(Request, PaintingSources.None, reporter, Cancellation);

        var fractions = reporter.Progress.Select(progress => progress.Fraction).ToList();
        Assert.InRange(fractions.LastIndexOf(0.5), fractions.IndexOf(1) + 1, int.MaxValue);

        static void Release(ComfyUiStandIn server, PaintingProgress progress)
        {
            if (server.HoldsPainting && progress.Fraction == 0.5)
            {
                server.Release();
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>
/// AUTOMATIC1111's interface, <c>/sdapi</c>, and its variants in Forge and SD.Next. Painting is one long call, and the server
/// processes one at a time. Our calls wait here instead of there, so that people can see how many are ahead. The ticket is
/// the task id that we assign to a call: it gives the progress, though not the result.
/// </summary>
internal sealed class StableDiffusionWebUiBackend : IImageBackend, IDisposable
{
    // The number of units of the ControlNet extension by default.
    private const int MaxReferences = 3;

    // A job that crashes its server would do so each time.
    private const int MaxSubmissions = 3;

    // A step in progress is done first, and what is painted is decoded.
    private static readonly TimeSpan MaxEnding = TimeSpan.FromMinutes(1);

    // A restarted server loads its model before it answers.
    private static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(1);

    private readonly string _name;
    private readonly StableDiffusionWebUiOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;
    private readonly WebUiModels _models;
    private readonly WebUiProgress _progress;
    private readonly WebUiAnswers _answers;
    private readonly WebUiProgram _program;
    private readonly WebUiLine _line = new();
    private readonly Inspection _inspection;

    public StableDiffusionWebUiBackend(string name, StableDiffusionWebUiOptions options, TimeProvider time)
    {
        (_name, _options, _time) = (name, options, time);
        _client = new(name, options, time, Authorization(options));
        _answers = new(name, options);
        _models = new(name, options, _client, _answers);
        _progress = new(_client);
        _program = new(options.Flavor, _client, _answers);
        _inspection = new(time, async (model, token) =>
        {
            await _models.InspectAsync(model, token);
            return await _progress.InspectAsync(token);
        });
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model) => (_models.AreaOf(model), _models.DefaultsOf(model).SizeStep);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var defaults = _models.DefaultsOf(model);
        return new()
        {
            Weights = defaults.ReadsWeights,
            Negative = defaults.ReadsNegative(_models.SettingsOf(model).Guidance),
            References = _options.IpAdapter.Length > 0 ? MaxReferences : 0,
            Variations = true,
            Seed = true,
            Batch = 16,
            Sizes = true,
            Progress = _progress.Exists,
            Preview = _progress.Exists,
            Cancel = _progress.Exists,
            IsFree = true,
            Notice = string.Join("; ", new[] { _progress.Notice, _models.NoticeOf(model) }.Where(notice => notice.Length > 0)),
        };
    }

    public Task InspectAsync(string model, CancellationToken cancellationToken) => _inspection.InspectAsync(model, cancellationToken);

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var turn = await _line.WaitAsync(reporter, cancellationToken);
        return await PaintInTurnAsync(request, sources, reporter, cancellationToken);
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => _progress.InterruptAsync(ticket, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _line.Dispose();
    }

    private static IEnumerable<(string Name, string Value)> Authorization(StableDiffusionWebUiOptions options)
    {
        if (options.User.Length > 0)
        {
            yield return ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
        }
    }

    /// <summary>Waits for the server to answer again, at most a minute.</summary>
    private async Task<bool> IsBackAsync(CancellationToken cancellationToken)
    {
        for (var begun = _time.GetTimestamp(); _time.GetElapsedTime(begun) < MaxOutage;)
        {
            try
            {
                await _client.GetAsync("sdapi/v1/progress?skip_current_image=true", cancellationToken);
                return true;
            }
            catch (BackendException)
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);
            }
        }

        return false;
    }

    private async Task<PaintingResult> PaintInTurnAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        await _inspection.RefreshAsync(request.Model, cancellationToken);
        if (reporter.Ticket is { } before)
        {
            // Left over from an interrupted run: its result can no longer be fetched.
            await CancelAsync(before, cancellationToken);
        }

        await _models.CheckAsync(request.Model, cancellationToken);
        var flavor = sources.References.Count > 0 || _models.DefaultsOf(request.Model).IsGuidanceEmbedded ? await _program.FlavorAsync(cancellationToken) : _options.Flavor;
        for (var submission = 1; ; submission++)
        {
            var task = $"task({RandomNumberGenerator.GetHexString(16, lowercase: true)})";
            await _progress.BeginAsync(task, cancellationToken);
            await reporter.KeepTicketAsync(task, cancellationToken);
            try
            {
                return await PaintAsync(request, sources, flavor, task, reporter, cancellationToken);
            }
            catch (BackendException exception) when (submission < MaxSubmissions && BackendClient.IsBrokenOff(exception))
            {
                // The server restarted while it was painting and has lost the task.
                if (!await IsBackAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    private async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, WebUiFlavor flavor, string task, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = new PaintingLimit(_options, _time, reporter);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.Begin();
        var watching = WatchAsync(task, limit, ended.Token);
        try
        {
            var isVariation = !sources.Original.IsEmpty;
            var call = _client.PostAsync(
                isVariation ? "sdapi/v1/img2img" : "sdapi/v1/txt2img",
                WebUiRequests.Body(_options, _models, CapabilitiesOf(request.Model), request, sources, flavor, task),
                isRepeatable: false,
                Timeout.InfiniteTimeSpan,
                given.Token);
            if (!await IsInTimeAsync(call, limit, cancellationToken))
            {
                return await EndAsync(call, task, request, cancellationToken) ?? throw limit.Exceeded(_name, new OperationCanceledException(limit.Token));
            }

            var answer = await call;
            _progress.End();
            return await _answers.PicturesAsync(answer.IsSuccess ? answer : throw _answers.Refusal(answer, request), request, isInterrupted: false);
        }
        finally
        {
            await given.CancelAsync();
            await ended.CancelAsync();
            await watching;
        }
    }

    private static async Task<bool> IsInTimeAsync(Task call, PaintingLimit limit, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await call.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return call.IsCompleted;
    }

    /// <summary>Takes what is painted by the time limit: the server ends a call that is interrupted with that.</summary>
    /// <returns>The pictures; null if there are none, or the server does not end the call.</returns>
    private async Task<PaintingResult?> EndAsync(Task<BackendAnswer> call, string task, ImageRequest request, CancellationToken cancellationToken)
    {
        var isEnded = call.IsCompleted;
        if (!isEnded && !await RemoteJob.AbandonAsync(task, CancelAsync, cancellationToken))
        {
            return null;
        }

        try
        {
            var answer = await call.WaitAsync(MaxEnding, _time, cancellationToken);
            _progress.End();
            return answer.IsSuccess ? await _answers.PicturesAsync(answer, request, isInterrupted: !isEnded) : null;
        }
        catch (Exception exception) when (exception is BackendException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Reports the progress of the task until it has ended. Failures are ignored.</summary>
    private async Task WatchAsync(string task, PaintingLimit limit, CancellationToken cancellationToken)
    {
        var (highest, last) = (0.0, 0.0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);

                // Waiting jobs that report nothing would be considered lost.
                _line.Report();

                // Only our task: the running one may belong to another user of the server, whose picture must not be shown.
                var progress = await _progress.OfAsync(task, limit.TakesPreview, cancellationToken);
                if (progress?.State is WebUiProgress.TaskState.Active or WebUiProgress.TaskState.Untold && progress.Fraction != last)
                {
                    // SD.Next begins at 0 again with each part of a job, and what is painted may be ahead of the task: both are progress.
                    last = progress.Fraction;
                    limit.Begin();
                }

                switch (progress)
                {
                    case { State: WebUiProgress.TaskState.Active }:
                        highest = Math.Max(highest, last);
                        limit.Report(new(highest, null, progress.Preview));
                        break;
                    case { State: WebUiProgress.TaskState.Queued }:
                        limit.Report(new(0, Ahead: 0));
                        break;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or BackendException or InvalidOperationException or FormatException)
            {
                // It has ended, or the answer is unusable.
            }
        }
    }
}

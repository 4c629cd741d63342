using System.Collections.Concurrent;
using System.Threading.Channels;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Keeps what was delivered, for the test to wait for.</summary>
public sealed class RecordedDelivery : IDelivery
{
    private readonly Channel<(ulong Job, string What)> _answers = Channel.CreateUnbounded<(ulong, string)>();
    private readonly Channel<(ulong Job, PaintingProgress Place)> _places = Channel.CreateUnbounded<(ulong, PaintingProgress)>();
    private int _faults;

    public ConcurrentQueue<(ulong Job, string What)> All { get; } = new();

    /// <summary>How far paintings were shown to be.</summary>
    public ConcurrentQueue<double> Progress { get; } = new();

    public ConcurrentQueue<string> Addresses { get; } = new();

    /// <summary>How many of the next answers fail.</summary>
    public int Faults
    {
        set => _faults = value;
    }

    /// <summary>Whether pictures can still be delivered.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>Called before an answer is delivered.</summary>
    public Func<ImagineJob, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<(ulong Job, string What)> NextAsync() =>
        await _answers.Reader.ReadAsync(TestRun.Cancellation).AsTask().WaitAsync(TestRun.Deadline, TestRun.Cancellation);

    /// <summary>The next place in the queue that was shown.</summary>
    public async Task<(ulong Job, PaintingProgress Place)> NextPlaceAsync() =>
        await _places.Reader.ReadAsync(TestRun.Cancellation).AsTask().WaitAsync(TestRun.Deadline, TestRun.Cancellation);

    public Task ShowProgressAsync(ImagineJob job, PaintingProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Ahead is null)
        {
            Progress.Enqueue(progress.Fraction);
        }
        else
        {
            _places.Writer.TryWrite((job.Id, progress));
        }

        return Task.CompletedTask;
    }

    public async Task<bool> DeliverAsync(ImagineJob job, PaintedPicture grid, (int Width, int Height) size, CancellationToken cancellationToken)
    {
        if (IsReachable)
        {
            await AnswerAsync(job, $"picture {Convert.ToHexString(grid.Png.Span)}", cancellationToken);
        }

        return IsReachable;
    }

    public async Task<bool> ApologizeAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        await AnswerAsync(job, $"apology {job.Failure}", cancellationToken);
        return true;
    }

    private async Task AnswerAsync(ImagineJob job, string what, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _faults) >= 0)
        {
            throw new HttpRequestException("The chat is away.");
        }

        await Before(job, cancellationToken);
        Addresses.Enqueue(job.ReplyTo);
        All.Enqueue((job.Id, what));
        await _answers.Writer.WriteAsync((job.Id, what), CancellationToken.None);
    }
}

using System.Collections.Concurrent;

namespace Personalization.App.Bot;

/// <summary>
/// Lets a delivery wait until its interaction is acknowledged. The job is stored before the acknowledgement, so a fast
/// backend could otherwise answer before there is a message to edit. Only interactions of this process are waited for.
/// </summary>
internal sealed class Acknowledgements
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource> _pending = new();

    /// <summary>Marks an interaction as about to be acknowledged, until the result is disposed of.</summary>
    public IDisposable Begin(ulong interactionId)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _pending.TryAdd(interactionId, completion) ? new Ending(this, interactionId, completion) : Nothing.Instance;
    }

    public Task WaitAsync(ulong interactionId, CancellationToken cancellationToken) =>
        _pending.TryGetValue(interactionId, out var completion) ? completion.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    private sealed class Ending(Acknowledgements owner, ulong interactionId, TaskCompletionSource completion) : IDisposable
    {
        public void Dispose()
        {
            owner._pending.TryRemove(interactionId, out _);
            completion.TrySetResult();
        }
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}

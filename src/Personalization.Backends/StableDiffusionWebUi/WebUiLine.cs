using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>The paintings of this program that wait for each other: the server processes one call at a time, and does not tell how many wait there.</summary>
internal sealed class WebUiLine : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<IPaintingReporter> _line = [];

    /// <summary>Waits until nothing else is painted.</summary>
    /// <returns>The turn, which ends when it is disposed of.</returns>
    public async Task<IDisposable> WaitAsync(IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        Update(line => line.Add(reporter));
        try
        {
            var turn = _turn.WaitAsync(cancellationToken);
            var waits = !turn.IsCompleted;
            await turn;
            if (waits)
            {
                // Shows that waiting is over: the time limit of the painting begins now.
                reporter.Report(new(0));
            }

            return new Turn(this, reporter);
        }
        catch
        {
            Update(line => line.Remove(reporter));
            throw;
        }
    }

    /// <summary>Reports to each that waits how many are ahead of it.</summary>
    public void Report() => Update(_ => { });

    public void Dispose() => _turn.Dispose();

    private void Update(Action<List<IPaintingReporter>> update)
    {
        lock (_line)
        {
            // The painting in progress, then those that wait.
            update(_line);
            foreach (var (ahead, reporter) in _line.Index().Skip(1))
            {
                reporter.Report(new(0, ahead));
            }
        }
    }

    private sealed class Turn(WebUiLine line, IPaintingReporter reporter) : IDisposable
    {
        public void Dispose()
        {
            line._turn.Release();
            line.Update(waiting => waiting.Remove(reporter));
        }
    }
}

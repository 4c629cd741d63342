namespace Personalization.App.Jobs;

/// <summary>
/// The seeding of the ranking pictures: done once in each start, beside the connection to Discord, and begun by who comes first.
/// Until it is done, tastes and pairs would be of the pictures that an earlier version ranked, or of none.
/// </summary>
/// <param name="seedAsync">Seeds; called once.</param>
internal sealed class CatalogueSeeding(Func<Task> seedAsync, TimeProvider time)
{
    private readonly Lazy<Task> _seeded = new(() => Task.Run(seedAsync));

    /// <summary>Whether it was begun, and has succeeded.</summary>
    public bool IsDone => _seeded is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>Seeds, or waits for the seeding that has begun.</summary>
    public Task DoneAsync() => _seeded.Value;

    /// <summary>Seeds, or waits for the seeding that has begun; not for longer than a limit.</summary>
    /// <returns>Whether it is done.</returns>
    public async Task<bool> IsDoneWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var seeded = DoneAsync();
        if (seeded.IsCompleted || await Task.WhenAny(seeded, Task.Delay(limit, time, cancellationToken)) == seeded)
        {
            await seeded;
            return true;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }
}

using Personalization.Imagine.Backends;

namespace Personalization.Backends;

/// <summary>
/// Proves by pictures what backends say they can do: servers take fields and do nothing with them. What proves false is
/// switched off until the next start or check.
/// </summary>
public sealed class BackendCheck(TimeProvider time)
{
    /// <summary>Checks a backend with one of its models, by up to nine small pictures, and four more where a job cannot be stopped; by up to six where they cost somebody something.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<BackendReport> RunAsync(IImageBackend backend, string model, CancellationToken cancellationToken)
    {
        (backend as GuardedBackend)?.Limit(model, null);
        var report = await new BackendTrial(backend, model, time).RunAsync(cancellationToken);
        if (report.Problem is null)
        {
            (backend as GuardedBackend)?.Limit(model, report.Kept);
        }

        return report;
    }
}

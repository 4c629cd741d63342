using Personalization.Imagine.Backends;

namespace Personalization.Backends.Check;

/// <summary>
/// Checks with pictures what backends declare that they can do: servers accept fields and ignore them. What proves false is
/// switched off until the next start or check.
/// </summary>
public sealed class BackendChecker(TimeProvider time)
{
    /// <summary>
    /// Checks a backend with one of its models. Paints up to ten small pictures, and four more if a job cannot be stopped; up
    /// to six if pictures are not free.
    /// </summary>
    /// <param name="model">The backend's own name for the model; empty for its default.</param>
    /// <param name="steps">Told of each request before it is sent; null for none.</param>
    /// <exception cref="OperationCanceledException">The check was canceled.</exception>
    public Task<CheckReport> RunAsync(IImageBackend backend, string model, IProgress<CheckStep>? steps, CancellationToken cancellationToken) =>
        RunAsync(backend, model, steps, _ => Task.CompletedTask, cancellationToken);

    /// <param name="idle">Awaited before each picture, so that people's come first.</param>
    /// <inheritdoc cref="RunAsync(IImageBackend, string, IProgress{CheckStep}, CancellationToken)"/>
    public async Task<CheckReport> RunAsync(IImageBackend backend, string model, IProgress<CheckStep>? steps, Func<CancellationToken, Task> idle, CancellationToken cancellationToken)
    {
        (backend as GuardedBackend)?.Limit(model, null);
        await backend.InspectAsync(model, cancellationToken);
        var report = await new CheckRun(backend, model, steps, idle, time).RunAsync(cancellationToken);
        if (report.Problem is null)
        {
            (backend as GuardedBackend)?.Limit(model, report.Findings);
        }

        return report;
    }
}

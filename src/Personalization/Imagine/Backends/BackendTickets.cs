namespace Personalization.Imagine.Backends;

/// <summary>What is done with a backend by what the reporter of a painting was told.</summary>
public static class BackendTickets
{
    /// <summary>Removes what the server keeps of a painting, if it told a ticket.</summary>
    /// <inheritdoc cref="IImageBackend.DiscardAsync"/>
    public static Task DiscardAsync(this IImageBackend backend, IPaintingReporter reporter, CancellationToken cancellationToken) =>
        reporter.Ticket is { } ticket ? backend.DiscardAsync(ticket, cancellationToken) : Task.CompletedTask;
}

namespace Personalization.Backends;

/// <summary>A server that returns what it has kept of an equal request, unless it is told to forget it.</summary>
internal interface IRepeatable
{
    /// <summary>Has the server compute the next request anew.</summary>
    Task ForgetAsync(CancellationToken cancellationToken);
}

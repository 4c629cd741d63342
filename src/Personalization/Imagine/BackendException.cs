namespace Personalization.Imagine;

/// <summary>A backend could not paint, and the prompt is not to blame.</summary>
/// <param name="fault">What can be done about it.</param>
/// <param name="message">What happened, in words for the operator; holds no key and no prompt.</param>
public sealed class BackendException(BackendFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What can be done about it.</summary>
    public BackendFault Fault { get; } = fault;
}

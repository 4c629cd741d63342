namespace Personalization.Imagine.Backends;

/// <summary>A backend could not paint, and the prompt is not to blame.</summary>
/// <param name="fault">What can be done about it.</param>
/// <param name="message">What happened, in words for the operator; holds no key, no prompt and nothing that a server may have written one into.</param>
public sealed class BackendException(BackendFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What can be done about it.</summary>
    public BackendFault Fault { get; } = fault;

    /// <summary>What the server itself says, empty for nothing. It may quote the prompt: not for logs above Debug.</summary>
    public string Said { get; init; } = "";

    /// <summary>All of it, for where the prompt is nobody's.</summary>
    public string Whole => Said.Length == 0 ? Message : $"{Message} It said: {Said}";
}

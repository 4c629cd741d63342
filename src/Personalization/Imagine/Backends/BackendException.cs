namespace Personalization.Imagine.Backends;

/// <summary>A backend could not paint, for a reason other than the prompt.</summary>
/// <param name="fault">What can be done about it.</param>
/// <param name="message">What happened, in words for the operator. It contains no key and no prompt, and nothing from a server that may quote one.</param>
public sealed class BackendException(BackendFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What can be done about it.</summary>
    public BackendFault Fault { get; } = fault;

    private const int MaxQuoted = 300;

    /// <summary>What the server itself responded; empty for nothing. It may quote the prompt: above Debug, logs hold its <see cref="ServerWords"/>.</summary>
    public string ServerResponse { get; init; } = "";

    /// <summary>The message with at most 300 characters of the server's response, for prompts that are no person's, such as those of a check.</summary>
    public string FullMessage =>
        ServerResponse.Length == 0 ? Message : $"{Message} It said: {(ServerResponse.Length <= MaxQuoted ? ServerResponse : ServerResponse[..MaxQuoted] + "…")}";
}

/// <summary>What can be done about a backend that could not paint.</summary>
public enum BackendFault
{
    /// <summary>It does not answer, or reports that it is overloaded: use another backend, or try later.</summary>
    Unavailable,

    /// <summary>It refuses until its operator changes something: a missing model, a wrong key, a spent quota.</summary>
    Misconfigured,

    /// <summary>It no longer knows the job, as after a restart: ask again, with the same seed.</summary>
    Lost,

    /// <summary>It tried and failed, or its answer cannot be used.</summary>
    Failed,

    /// <summary>It painted for longer than its operator allows: use another backend, or try when it has less to do.</summary>
    TimedOut,

    /// <summary>It cannot paint pictures of this size: it has too little memory for them, or does not take their shape. Ask for another size.</summary>
    Size,
}

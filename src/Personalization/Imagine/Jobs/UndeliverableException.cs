namespace Personalization.Imagine.Jobs;

/// <summary>An answer is refused for its content: sent again, it would be refused again.</summary>
public sealed class UndeliverableException(string message, Exception inner) : Exception(message, inner);

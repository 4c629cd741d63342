namespace Personalization.Discord.Interactions;

/// <summary>An interaction's time was over before Discord took an answer: whatever it asked for, the person was not told of it.</summary>
public sealed class LateAnswerException(string message, bool mayHaveArrived, Exception? inner = null) : HttpRequestException(message, inner)
{
    /// <summary>Whether Discord may have taken an answer all the same, since none came back from it.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;
}

using System.Net;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Interactions;

/// <summary>Whether people get answers: a bot that hears them is of no use while none of its answers arrives.</summary>
public sealed class AnswerRecord(TimeProvider time)
{
    /// <summary>Interactions in a row without an answer in time after which something is wrong.</summary>
    public const int MaxMissed = 3;

    /// <summary>How long that says something, where nobody does anything since.</summary>
    private static readonly TimeSpan Relevant = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();

    // Where an answer fails is also seen where its place is left: each interaction counts once.
    private readonly HashSet<ulong> _missed = new(MaxMissed);
    private long _last;

    /// <summary>Whether the latest interactions all went without an answer.</summary>
    public bool IsMissing
    {
        get
        {
            lock (_lock)
            {
                return _missed.Count >= MaxMissed && time.GetElapsedTime(_last) < Relevant;
            }
        }
    }

    /// <summary>Gives an answer, and takes note of whether it arrived.</summary>
    /// <param name="find">Where that is not known: the message that the answer made, or whether it is known that there is none. Null for an answer that makes none.</param>
    /// <exception cref="LateAnswerException">The interaction's time was over before Discord took the answer.</exception>
    internal async Task<DiscordMessage?> KeepAsync(ulong interaction, Func<Task<DiscordMessage?>> answer, Func<Task<(DiscordMessage? Message, bool IsKnown)>>? find)
    {
        try
        {
            var message = await answer();
            Answered();
            return message;
        }
        catch (LateAnswerException late) when (late.MayHaveArrived && find is not null)
        {
            var (message, isKnown) = await find();
            if (message is not null)
            {
                Answered();
                return message;
            }

            Missed(interaction);
            throw new LateAnswerException(late.Message, mayHaveArrived: !isKnown, late);
        }
        catch (Exception exception) when (exception is HttpRequestException or DiscordException { Code: DiscordErrorCode.UnknownInteraction } or DiscordException { Status: >= HttpStatusCode.InternalServerError })
        {
            Missed(interaction);
            throw;
        }
    }

    internal void Answered()
    {
        lock (_lock)
        {
            _missed.Clear();
        }
    }

    internal void Missed(ulong interaction)
    {
        lock (_lock)
        {
            if (_missed.Count < MaxMissed)
            {
                _missed.Add(interaction);
            }

            _last = time.GetTimestamp();
        }
    }
}

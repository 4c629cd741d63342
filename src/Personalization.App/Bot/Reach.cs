using Personalization.Discord.Interactions;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Bot;

/// <summary>Who may see what a button of a job answers. A button's id can be forged, and so says nothing about who may press it.</summary>
internal enum Reach
{
    /// <summary>Not even the person who pressed it.</summary>
    Nobody,

    /// <summary>No one: the message, which everyone there could see, was deleted.</summary>
    Withdrawn,

    /// <summary>The job's person alone: they pressed it in a place that the job does not belong to, or its message was deleted.</summary>
    PersonAlone,

    /// <summary>Everyone there: the job's answer stands in this channel, or in one of this server that every member sees.</summary>
    Everyone,
}

/// <summary>Finds the <see cref="Reach"/> of a press.</summary>
internal static class InteractionReach
{
    /// <summary>Who may see what the interaction shows of the job.</summary>
    public static Reach ReachOf(this Interaction interaction, ImagineJob job)
    {
        var address = ReplyAddress.Parse(job.ReplyTo);
        var place = interaction.Handle;
        var isHere = !address.IsPersonal && !address.IsFollowUp
            && ((place.ChannelId is { } channel && channel == address.Interaction.ChannelId)
                || (!job.IsPrivate && place.GuildId is { } guild && guild == job.Guild?.Value));
        return isHere && !address.IsWithdrawn ? Reach.Everyone
            : job.Person == interaction.Person() ? Reach.PersonAlone
            : isHere ? Reach.Withdrawn
            : Reach.Nobody;
    }
}

using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine;

namespace Personalization.App.Bot;

/// <summary><c>/cancel</c>: stops the person's newest pictures that are not painted yet.</summary>
internal sealed class CancelCommand(Imaginer imaginer, UntoldJobs untold, IDiscord discord) : ICommand
{
    public CommandDefinition Definition => new()
    {
        Name = "cancel",
        Description = Text.Of($"Stop the newest of your pictures that are still being painted"),
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (await imaginer.FindUnpaintedAsync(interaction.Person(), cancellationToken) is not { } newest)
        {
            await interaction.ReplyAsync(Replies.Note($"You have no pictures that are being painted."), cancellationToken);
            return;
        }

        // The backend is asked to stop, which may take longer than Discord waits.
        await interaction.DeferAsync(ephemeral: true, cancellationToken);
        var isCancelled = await imaginer.CancelAsync(newest, interaction.Person(), cancellationToken);
        await discord.EditOriginalAsync(
            interaction.Handle,
            isCancelled
                ? Replies.Note($"Your pictures are cancelled.")
                : Replies.Note($"These pictures have just been painted, so they cannot be cancelled any more."),
            cancellationToken);
        if (isCancelled)
        {
            // Where its own message cannot say so, this answer has.
            await untold.SetToldAsync(newest, cancellationToken);
        }
    }
}

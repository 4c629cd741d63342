using Personalization.Discord.Interactions;
using Personalization.Pictures;

namespace Personalization.App.Bot;

/// <summary><c>/server</c>: what the admins of a server decide for it.</summary>
internal sealed class ServerCommand(IGuildStore guilds) : ICommand
{
    private const string On = "on";
    private const string Off = "off";

    // Discord's permission bit, Manage Server.
    private const long ManageServer = 1 << 5;

    public CommandDefinition Definition => new()
    {
        Name = "server",
        Description = Text.Of($"Decide whether pictures from this server are shown on other servers, too"),
        DefaultMemberPermissions = ManageServer,
        IntegrationTypes = [0],
        Contexts = [0],
        Options =
        [
            new()
            {
                Name = "sharing",
                Description = Text.Of($"on: people on other servers are shown this server's pictures; off: only its members are"),
                Choices = [CommandChoice.Of(On, On), CommandChoice.Of(Off, Off)],
            },
        ],
    };

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        // Discord's own check can be changed by a server's settings, but who is shown to others is not theirs to decide.
        if (interaction.Handle.GuildId is not { } id || !interaction.MayManageGuild)
        {
            await interaction.ReplyAsync(Replies.Note($"Only people who may manage this server can change this."), cancellationToken);
            return;
        }

        var guild = new GuildId(id);
        if (interaction.Text("sharing") is { } choice)
        {
            await interaction.AcceptAsync(
                async token =>
                {
                    await guilds.SetSharingAsync(guild, choice == On, token);
                    return true;
                },
                cancellationToken);
        }

        var isSharing = (await guilds.SharingAsync(cancellationToken)).Contains(guild);
        await interaction.ReplyAsync(
            isSharing
                ? Replies.Note($"Sharing is on: pictures made in channels that every member of this server sees are also shown to people on other servers, in `/explore` and `/rank`, with their prompts. `/server sharing:off` stops that.")
                : Replies.Note($"Sharing is off: pictures made on this server are shown to its members alone. `/server sharing:on` shows those from channels that every member sees to people on other servers, too."),
            cancellationToken);
    }
}

using Personalization.Codes;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Styles;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary><c>/code</c>: what a code likes, how it compares with another, and its portable form for other servers.</summary>
internal sealed class CodeCommand(CodeIssuer codes, StyleVocabulary vocabulary, IProfileStore profiles, UnlockRule unlockRule) : ICommand
{
    public CommandDefinition Definition => new()
    {
        Name = "code",
        Description = Text.Of($"See what a code likes, compare two, or bring a taste from another server"),
        Options =
        [
            new()
            {
                Name = "code",
                Description = Text.Of($"A code such as k7m2xq4d, or a portable one that begins with taste1; your own without"),
                MaxLength = CodeCommand.MaxLength,
            },
            new()
            {
                Name = "with",
                Description = Text.Of($"Another code to compare it with"),
                MaxLength = CodeCommand.MaxLength,
            },
        ],
    };

    // A pasted portable code may have line breaks in it.
    private const int MaxLength = 2 * PortableCode.MaxLength;

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var (first, problem) = interaction.Text("code") is { } text
            ? await FindAsync(text, cancellationToken)
            : await OwnAsync(interaction, cancellationToken);
        if (first is null)
        {
            await interaction.ReplyAsync(problem!, cancellationToken);
            return;
        }

        if (interaction.Text("with") is not { Length: > 0 } with)
        {
            await interaction.ReplyAsync(Show(first), cancellationToken);
            return;
        }

        (var second, problem) = await FindAsync(with, cancellationToken);
        await interaction.ReplyAsync(second is null ? problem! : Compare(first, second), cancellationToken);
    }

    private MessageBody Show(Named taste) =>
        CodeView.Code(taste.Code, taste.Snapshot, Blend.From(taste.Snapshot).TraitsOn(vocabulary), PortableCode.From(taste.Snapshot), taste.Own);

    private MessageBody Compare(Named first, Named second) =>
        CodeView.Comparison(first.Code, second.Code, CodeComparison.Create(Blend.From(first.Snapshot), Blend.From(second.Snapshot), vocabulary));

    /// <summary>The person's own code; none is made before their taste is unlocked.</summary>
    private async Task<(Named? Taste, MessageBody? Problem)> OwnAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var voter = await profiles.VoterAsync(interaction, cancellationToken);
        var progress = await unlockRule.ProgressAsync(voter.Profile, cancellationToken);
        if (!progress.IsUnlocked)
        {
            return (null, CodeView.Locked(progress));
        }

        var (code, snapshot) = await codes.IssueAsync(voter.Profile, cancellationToken);
        return (new(code, snapshot, progress), null);
    }

    private async Task<(Named? Taste, MessageBody? Problem)> FindAsync(string text, CancellationToken cancellationToken)
    {
        var bare = Bare(text);
        if (PortableCode.TryParse(bare, out var portable))
        {
            if (!vocabulary.Covers(portable.Snapshot.SpaceVersion, portable.Snapshot.Mean.Count))
            {
                return (null, Replies.LaterCode(portable.Snapshot.SpaceVersion, vocabulary.Version));
            }

            return (new(await codes.ImportAsync(portable, cancellationToken), portable.Snapshot), null);
        }

        if (PortableCode.IsMeant(bare))
        {
            return (null, CodeView.Damaged());
        }

        if (!PersonalizationCode.TryParse(bare, out var code))
        {
            return (null, CodeView.NotACode(text));
        }

        return await codes.FindAsync(code, cancellationToken) is { } snapshot
            ? (new(code, snapshot), null)
            : (null, CodeView.Unknown(code));
    }

    /// <summary>The code without the markup of a chat around it, and without a <c>--p</c> copied with it.</summary>
    private static string Bare(string text)
    {
        var bare = PersonalizationCode.Unwrap(text);
        var word = bare.TrimStart('-', '–', '—');
        return word.Length < bare.Length && word.StartsWith("p ", StringComparison.OrdinalIgnoreCase) ? PersonalizationCode.Unwrap(word[2..]) : bare;
    }

    /// <param name="Own">The votes and likes of the person who asks, where it is their own.</param>
    private sealed record Named(PersonalizationCode Code, TasteSnapshot Snapshot, UnlockProgress? Own = null);
}

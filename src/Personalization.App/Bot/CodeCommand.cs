using Personalization.Codes;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.App.Bot;

/// <summary><c>/code</c>: what a code stands for, how it compares with another, and how a taste travels between installations.</summary>
internal sealed class CodeCommand(CodeIssuer codes, StyleVocabulary vocabulary) : ICommand
{
    public CommandDefinition Definition { get; } = new()
    {
        Name = "code",
        Description = "See what a code likes, compare two, or bring a taste from another server",
        Options =
        [
            new()
            {
                Name = "code",
                Description = "A code such as k7m2xq4d, or a portable one that begins with taste1",
                Required = true,
                MaxLength = MaximumLength,
            },
            new()
            {
                Name = "with",
                Description = "Another code to compare it with",
                MaxLength = MaximumLength,
            },
        ],
    };

    // A portable code may come with line breaks in it.
    private const int MaximumLength = 2 * PortableCode.MaxLength;

    public async Task RunAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var (first, problem) = await FindAsync(interaction.Text("code") ?? "", cancellationToken);
        if (first is null)
        {
            await interaction.ReplyAsync(Replies.Note(problem), cancellationToken);
            return;
        }

        if (interaction.Text("with") is not { Length: > 0 } with)
        {
            await interaction.ReplyAsync(Show(first), cancellationToken);
            return;
        }

        (var second, problem) = await FindAsync(with, cancellationToken);
        await interaction.ReplyAsync(second is null ? Replies.Note(problem) : Compare(first, second), cancellationToken);
    }

    public Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken) => throw CustomId.Foreign();

    private MessageBody Show(Named taste) =>
        Replies.Code(taste.Code, taste.Snapshot, Blend.From(taste.Snapshot).TraitsOn(vocabulary), PortableCode.From(taste.Snapshot));

    private MessageBody Compare(Named first, Named second) =>
        Replies.Comparison(first.Code, second.Code, CodeComparison.Create(Blend.From(first.Snapshot), Blend.From(second.Snapshot), vocabulary));

    private async Task<(Named? Taste, string Problem)> FindAsync(string text, CancellationToken cancellationToken)
    {
        var bare = Bare(text);
        if (PortableCode.TryParse(bare, out var portable))
        {
            if (!vocabulary.Covers(portable.Snapshot.SpaceVersion, portable.Snapshot.Mean.Count))
            {
                return (null, Replies.LaterCode(portable.Snapshot.SpaceVersion, vocabulary.Version));
            }

            return (new(await codes.ImportAsync(portable, cancellationToken), portable.Snapshot), "");
        }

        if (PortableCode.IsMeant(bare))
        {
            return (null, "In this portable code a character is wrong or missing, or it was made by a later version of the bot. Copy it once more, in one piece; upper and lower case matter.");
        }

        if (!PersonalizationCode.TryParse(bare, out var code))
        {
            return (null, $"`{Markdown.Cut(text.Replace('`', '\''), 40)}` is no code. Codes have {PersonalizationCode.Length} letters and digits, as in `k7m2xq4d`; one of them may be mistyped.");
        }

        return await codes.FindAsync(code, cancellationToken) is { } snapshot
            ? (new(code, snapshot), "")
            : (null, $"Nobody has the code `{code}` here. If it comes from another server, ask for its portable form: `/code` shows it there.");
    }

    /// <summary>The code without what a chat puts around it, and without the parameter that it was copied with.</summary>
    private static string Bare(string text)
    {
        var bare = PersonalizationCode.Unwrap(text);
        var word = bare.TrimStart('-', '–', '—');
        return word.Length < bare.Length && word.StartsWith("p ", StringComparison.OrdinalIgnoreCase) ? PersonalizationCode.Unwrap(word[2..]) : bare;
    }

    private sealed record Named(PersonalizationCode Code, TasteSnapshot Snapshot);
}

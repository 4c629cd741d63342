using Personalization.Codes;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.App.Bot;

/// <summary>What <c>/taste</c> shows.</summary>
internal static class TasteView
{
    /// <summary>What was learned of a person's taste, from which choices, and how well it predicts them.</summary>
    /// <param name="pictures">The pictures of <see cref="TasteSummary.Influential"/>, in order.</param>
    /// <param name="code">The person's present code; null before it is unlocked.</param>
    public static MessageBody Taste(TasteSummary summary, IReadOnlyList<(byte[] Chosen, byte[] Other)> pictures, PersonalizationCode? code)
    {
        var text = new List<MessageComponent> { new TextDisplay($"### {Text.Of($"Your taste")}\n{Verdict(summary)}") };
        if (code is { } own)
        {
            text.Add(new TextDisplay(summary.LastChoiceAt is { } last
                ? Text.Of($"Your code is `--p {own}`, from {Replies.Count(summary.Progress)}, the last one <t:{last.ToUnixTimeSeconds()}:R>. It changes only when you vote or like.")
                : Text.Of($"Your code is `--p {own}`, from {Replies.Count(summary.Progress)}. It changes only when you vote or like.")));
        }

        if (summary.Change is var (kind, since))
        {
            text.Add(new TextDisplay(kind == ChangeKind.OtherTaste
                ? Text.Of($"Your taste seems to have changed about {since} choices ago. What you chose before counts little.")
                : Text.Of($"Your last {since} choices or so look random, and count little. If they were slips, Undo in `/rank` takes votes back.")));
        }

        if (summary.Traits.Any(trait => trait.IsSure))
        {
            text.Add(new TextDisplay(Replies.Traits(summary.Traits, Text.Of($"You like"))));
        }

        if (summary.BeyondStyle.Count > 0)
        {
            text.Add(new TextDisplay(Text.Of($"In any style, you also like: {string.Join(", ", summary.BeyondStyle.Select(trait => Text.Word(trait.Liked)))}.")));
        }

        if (pictures.Count > 0)
        {
            text.Add(new TextDisplay(Text.Of($"These choices show it best. Of each two, you chose the left picture ✅.")));
            foreach (var (i, vote) in summary.Influential.Index())
            {
                var liked = Text.Word(vote.Trait.Liked);
                text.Add(new TextDisplay(Text.Of($"{i + 1}. **{liked}** ✅ rather than {Text.Word(vote.Trait.Disliked)}: “{Markdown.Escape(vote.Chosen.Prompt, 100)}”")));
                text.Add(Replies.Gallery(
                    ($"chosen{i + 1}.png", Text.Of($"Chosen, {liked}: {vote.Chosen.Prompt}")),
                    ($"other{i + 1}.png", Text.Of($"Not chosen: {vote.Other.Prompt}"))));
            }
        }

        text.Add(new TextDisplay($"{Replies.Bar(summary.Progress)}\n-# {Advice(summary)}"));
        return Replies.Personal(text, [Button.Primary("rank:open", Text.Of($"Rank pairs"))]) with
        {
            Files =
            [
                .. pictures.SelectMany((pair, i) => (MessageFile[])
                [
                    new($"chosen{i + 1}.png", pair.Chosen, "image/png"),
                    new($"other{i + 1}.png", pair.Other, "image/png"),
                ]),
            ],
        };
    }

    private static string Verdict(TasteSummary summary) => Text.Of(summary.Verdict switch
    {
        TasteVerdict.TooEarly when !summary.Progress.IsUnlocked => $"It is too early to say much: after a few dozen more choices, this page will show more.",
        TasteVerdict.TooEarly => $"Your choices do not clearly follow a taste yet. More of them will show whether they do.",
        TasteVerdict.LikeChance => $"**Your choices look random.** What was learned from them predicts them no better than a coin would, so `--p` changes little. Skip a pair when you like both sides equally, and use Undo after a slip.",
        TasteVerdict.LikeCommunity => $"So far you choose much as everyone here does: the taste of the community predicts your choices as well as your own does.",
        _ => $"Your choices follow a taste of your own.",
    });

    private static string Advice(TasteSummary summary)
    {
        var measured = summary.Accuracy is { } accuracy
            ? Text.Of($"Your last choices between random pairs were predicted correctly {accuracy.Correct} times out of {accuracy.Total} ({Replies.Percent(accuracy.Share)}, give or take {Replies.Percent(accuracy.StandardError)}).") + " "
            : "";
        var points = Math.Round(100 * summary.AccuracyGain);
        return measured + (summary.AccuracyGain < 0.01 ? Text.Of($"More votes would hardly improve this: your taste is known as well as it can be.")
            : summary.Accuracy is null ? Text.Of($"More votes could raise the share of your choices that is predicted correctly by about {points:0} points.")
            : Text.Of($"More votes could raise that by about {points:0} points."));
    }
}

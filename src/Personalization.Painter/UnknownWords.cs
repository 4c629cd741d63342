using System.Collections.Frozen;
using Personalization.Styles;

namespace Personalization.Painter;

/// <summary>
/// The things a prompt names that the Painter cannot paint: the last word of a phrase of words, such as "ramen" in "a bowl of
/// hot ramen", where no table knows it. It would rather miss one than report a word that names no thing.
/// </summary>
/// <param name="vocabulary">Its words are of style.</param>
internal sealed class UnknownWords(StyleVocabulary vocabulary)
{
    /// <summary>The maximum number of words reported, and of letters in one.</summary>
    public const int MaxWords = 3, MaxLetters = 30;

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    // Between phrases: articles, numbers, pronouns, prepositions, conjunctions, and verbs as prompts use them.
    private static readonly FrozenSet<string> Borders = Words(
        "a an the this that these those some any many few several all both each every no one two three four five six seven eight nine ten dozen hundred thousand "
        + "my your his her its our their it he she they them him i you we who which what where when while as if so "
        + "of in on at by to from with without and or but not nor for into onto over under above below beneath behind beside besides between beyond before after among amid around about against across along through throughout during near next inside outside within toward towards upon off out up down away back like than then via per "
        + "is are was were be been being am has have had do does did can could will would should may might must there here "
        + "sits sit stands stand holds hold wears wear looks look walks walk runs run flies fly plays play eats eat drinks drink sleeps sleep reads read rides ride jumps jump watches watch makes make comes come goes go shows show seen made set meets meet lies lie hangs hang grows grow shines shine falls swims swim dances dance sings sing waits wait floats float surrounds fights fight drives drive carries carry lost found worn");

    // What describes, and what names no thing of its own in a picture.
    private static readonly FrozenSet<string> Plain = Words(
        "beautiful pretty cute lovely gorgeous stunning amazing epic nice good great best perfect funny strange weird mysterious magical mystic mystical enchanted haunted sacred holy evil "
        + "big small little large huge giant tiny tall short long wide narrow deep high low thick thin round flat open closed full empty old young new ancient modern vintage retro futuristic antique fresh hot warm cold cool cosy cozy quiet calm peaceful busy crowded lonely lone alone single double happy sad angry brave proud gentle wild rocky sandy grassy dusty dirty clean wet dry shiny glossy fluffy furry hairy fuzzy rusty smooth rough soft hard heavy light dark bright pale deep vivid plain simple clear blurry steampunk gothic victorian medieval japanese chinese french italian english american european tropical arctic royal rustic urban rural local real realistic detailed ornate wooden golden silver stone metal metallic steel iron bronze brass glass crystal paper plastic leather silk velvet cotton wool clay marble concrete gold silken stony woollen "
        + "black white grey gray brown beige ivory silver cream maroon tan multicolored colorful colourful rainbow "
        + "picture pictures image images photo photos photograph photography painting drawing sketch illustration illustrations art artwork render rendering poster print wallpaper scene scenery view vista landscape seascape cityscape portrait panorama composition design style styles pattern patterns texture textures palette background backdrop foreground horizon closeup close macro angle perspective shot frame lens bokeh exposure focus resolution quality masterpiece artstation unreal engine octane hd uhd 4k 8k 3d 2d cgi digital analog film movie cinema concept anime manga comic cartoon pixel vector watercolor watercolour acrylic oil ink pencil charcoal pastel gouache engraving etching woodcut collage mosaic fantasy scifi sci fi fiction surreal abstract minimal minimalist minimalism impressionism impressionist expressionism cubism surrealism realism nouveau deco baroque renaissance "
        + "light lights lighting lit glow glows ray rays beam shadow shadows reflection reflections silhouette silhouettes contrast color colors colour colours hue hues tone tones shade shades detail details line lines shape shapes form forms edge edges surface sky skies air wind weather day days night season atmosphere mood ambience vibe feel "
        + "feeling feelings music sound sounds silence noise dream dreams memory memories time love hope joy sadness sorrow grief fear anger rage solitude loneliness melancholy nostalgia happiness thought thoughts idea ideas emotion emotions imagination soul spirit mind magic wonder beauty grace elegance harmony balance chaos order energy power force motion movement speed life death peace war freedom truth wisdom infinity eternity future past present history moment story stories tale myth legend adventure journey voyage mystery secret nature world earth land place places spot area paradise heaven hell everything nothing something anything someone everyone thing things "
        + "group groups couple pair pairs bunch set sets bowl bowls plate plates slice slices piece pieces stack stacks pile piles basket row rows lot lots kind kinds type types sort part parts side sides top bottom middle center centre front rear corner corners end distance distant bit half whole bouquet bouquets bundle company number amount way "
        + "hair eye eyes face faces head heads hand hands arm arms leg legs smile expression pose clothes clothing outfit style look morning evening afternoon noon name "
        + "window windows roof roofs roofing chimney chimneys smoke steam wheel wheels sail sails petal petals leaf leaves branch branches trunk wing wings tail fur feather feathers mane horn horns wall walls floor ceiling curtain curtains rug carpet shelf shelves sign signs foam bubbles bubble spark sparks dust sand ice frost water pavement");

    // Endings of adjectives, adverbs and participles. Some nouns end so too; those go unreported.
    private static readonly string[] Endings = ["ed", "ly", "ful", "less", "ous", "ive", "ish", "able", "ible", "ic", "ical", "esque", "est", "like"];

    private readonly FrozenSet<string> _style =
        vocabulary.Axes.SelectMany(axis => axis.Words.Append(axis.Low).Append(axis.High))
            .Concat(vocabulary.Descriptors.SelectMany(descriptor => descriptor.Clashes.Append(descriptor.Phrase).Append(descriptor.Opposite)))
            .SelectMany(SceneReader.Words)
            .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="text">The prompt's text, without parameters.</param>
    public IReadOnlyList<string> Of(string text)
    {
        if (SceneReader.Read(text, []) is { Kind: SceneKind.Logo } or { Lettering: not null })
        {
            // A mark is of its lettering, whatever it is for.
            return [];
        }

        var clauses = text.Split([',', ';', '.', ':', '!', '?', '(', ')', '|', '\n'], Trimmed);
        return [.. clauses.Index().SelectMany(clause => InClause(SceneReader.Terms(SceneReader.Words(clause.Item)), isFirst: clause.Index == 0)).Distinct().Take(MaxWords)];
    }

    private IEnumerable<string> InClause(List<string> terms, bool isFirst)
    {
        var phrase = new List<string>();
        var before = "";
        foreach (var (i, term) in terms.Append("and").Index())
        {
            if (!IsBorder(term))
            {
                phrase.Add(term);
                continue;
            }

            // After the first comma come style words, and things only with an article.
            if ((isFirst || before is "a" or "an" or "the") && HeadOf(phrase) is { } head)
            {
                yield return head;
            }

            // What follows is an artist or a school, not a thing.
            if (phrase.Contains("style") || phrase.Contains("inspired") || (term == "by" && i + 1 < terms.Count && terms[i + 1] is not ("a" or "an" or "the")))
            {
                yield break;
            }

            phrase.Clear();
            before = term;
        }
    }

    // The last word that may name a thing. A known word before it is what the phrase is about, and the last may be a verb.
    private string? HeadOf(List<string> phrase)
    {
        var at = phrase.FindLastIndex(term => SceneReader.IsKnown(term) || !IsPlain(term));
        if (at < 0 || phrase.Exists(SceneReader.IsKnown) || (phrase[at].Length == 1 && char.IsAscii(phrase[at][0])))
        {
            return null;
        }

        // A noun before it is part of its name, as in "phone booth".
        var head = at > 0 && !IsPlain(phrase[at - 1]) ? $"{phrase[at - 1]} {phrase[at]}" : phrase[at];
        return head.Length <= MaxLetters ? head : null;
    }

    private static bool IsBorder(string term) =>
        Borders.Contains(term) || char.IsDigit(term[0]) || (term.Length > 5 && term.EndsWith("ing", StringComparison.Ordinal) && !SceneReader.IsKnown(term) && !Plain.Contains(term));

    private bool IsPlain(string term) =>
        Plain.Contains(term) || _style.Contains(term) || term.Contains('_')
        || (term.Length > 5 && Endings.Any(ending => term.EndsWith(ending, StringComparison.Ordinal)));

    private static FrozenSet<string> Words(string words) => words.Split(' ', Trimmed).ToFrozenSet(StringComparer.Ordinal);
}

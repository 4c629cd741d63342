using System.Collections.Frozen;

namespace Personalization.Painter;

/// <summary>Finds in a prompt what it says of a person's looks.</summary>
internal static class TraitReader
{
    private static readonly FrozenDictionary<string, Age> Ages = SceneReader.Table<Age>(
        (Age.Old, "old elderly aged wrinkled senior grandfather grandmother grandpa grandma"),
        (Age.Child, "child kid boy girl toddler little"),
        (Age.Adult, "young adult middle"));

    private static readonly FrozenDictionary<string, Mood> Moods = SceneReader.Table<Mood>(
        (Mood.Smile, "smiling smile happy cheerful joyful friendly kind"),
        (Mood.Laugh, "laughing laugh grinning grin"),
        (Mood.Sad, "sad crying melancholy melancholic lonely tears sorrowful"),
        (Mood.Angry, "angry furious fierce stern screaming shouting"),
        (Mood.Surprised, "surprised shocked scared afraid astonished"),
        (Mood.Asleep, "sleeping asleep meditating closed_eyes praying"),
        (Mood.Calm, "calm serene serious thoughtful pensive"));

    private static readonly FrozenDictionary<string, HairCut> Cuts = SceneReader.Table<HairCut>(
        (HairCut.Bald, "bald shaved"),
        (HairCut.Short, "short cropped pixie"),
        (HairCut.Long, "long straight"),
        (HairCut.Wavy, "wavy flowing windswept"),
        (HairCut.Bob, "bob bobbed"),
        (HairCut.Bun, "bun"),
        (HairCut.Tail, "ponytail"),
        (HairCut.Braids, "braid braided pigtails plaits"),
        (HairCut.Curly, "curly curls afro frizzy"));

    private static readonly FrozenDictionary<string, BeardCut> Beards = SceneReader.Table<BeardCut>(
        (BeardCut.Full, "beard bearded"),
        (BeardCut.Moustache, "moustache mustache"),
        (BeardCut.Long, "long_beard"));

    // Lightness, chroma and hue of hair.
    private static readonly FrozenDictionary<string, Pigment> Hairs = SceneReader.Table<Pigment>(
        (Pigment.Of(0.83f, 0.09f, 88), "blond blonde golden fair yellow"),
        (Pigment.Of(0.56f, 0.16f, 45), "red ginger auburn copper orange redhead"),
        (Pigment.Of(0.42f, 0.07f, 52), "brown brunette chestnut"),
        (Pigment.Of(0.22f, 0.015f, 280), "black dark raven_black"),
        (Pigment.Of(0.92f, 0.008f, 260), "white silver"),
        (Pigment.Of(0.68f, 0.008f, 260), "grey gray"),
        (Pigment.Of(0.72f, 0.15f, 355), "pink"),
        (Pigment.Of(0.56f, 0.13f, 255), "blue"),
        (Pigment.Of(0.62f, 0.13f, 150), "green"),
        (Pigment.Of(0.52f, 0.15f, 305), "purple violet"));

    // Lightness of skin.
    private static readonly FrozenDictionary<string, float> Skins = SceneReader.Table<float>(
        (0.44f, "black african dark_skinned dark_skin nigerian ethiopian"),
        (0.6f, "brown indian brown_skinned"),
        (0.76f, "asian japanese chinese korean tanned mexican"),
        (0.84f, "white pale european fair_skinned"));

    /// <summary>Whether a word says something of a person alone.</summary>
    public static bool IsKnown(string term) => Beards.ContainsKey(term) || term is "braid" or "braids" or "ponytail" or "pigtails" or "bun" or "curls" or "afro" or "wrinkles" or "freckles" or "redhead" or "haired" or "skinned" or "eyed";

    /// <param name="terms">Of the prompt, in order.</param>
    /// <param name="isPerson">Whether a term names a person.</param>
    /// <param name="isThing">Whether it names anything that can be painted.</param>
    /// <param name="isPlain">Whether it names a person without a role: "woman", "boy".</param>
    public static Traits Read(IReadOnlyList<string> terms, Func<string, bool> isPerson, Func<string, bool> isThing, Func<string, bool> isPlain)
    {
        var traits = new Traits();
        var taken = new HashSet<int>();
        foreach (var (i, term) in terms.Index())
        {
            // "old", "happy" and "black" say how a person is if they stand shortly before one, with nothing else in between.
            var next = Enumerable.Range(i + 1, Math.Min(3, terms.Count - i - 1)).FirstOrDefault(at => isThing(terms[at]), -1);
            var isOfPerson = next > 0 && isPerson(terms[next]);
            if (Ages.TryGetValue(term, out var age) && (isOfPerson || isPerson(term)))
            {
                traits = traits with { Age = traits.Age ?? age };
            }

            if (Moods.TryGetValue(term, out var mood))
            {
                traits = traits with { Mood = traits.Mood ?? mood };
            }

            if (Beards.TryGetValue(term, out var beard))
            {
                traits = traits with { Beard = Before(terms, i).Any(at => terms[at] == "long") ? BeardCut.Long : beard };
            }

            if (isOfPerson && Skins.TryGetValue(term, out var skin) && isPlain(terms[next]))
            {
                traits = traits with { Skin = skin };
                taken.Add(i);
            }

            if (isOfPerson && Cuts.TryGetValue(term, out var worn) && worn is HairCut.Bald or HairCut.Curly)
            {
                traits = traits with { Cut = worn };
            }

            if (term is "redhead" or "blonde" or "blond" or "brunette" or "ginger")
            {
                traits = traits with { Hair = Hairs[term] };
            }

            traits = term switch
            {
                "hair" or "haired" => OfHair(traits, terms, i, taken),
                "braid" or "braids" or "ponytail" or "pigtails" or "bun" or "curls" or "afro" => traits with { Cut = Cuts[term] },
                "eyes" or "eyed" => OfEyes(traits, terms, i, taken),
                _ => traits,
            };
        }

        return traits with { Taken = taken };
    }

    private static Traits OfHair(Traits traits, IReadOnlyList<string> terms, int at, HashSet<int> taken)
    {
        foreach (var before in Before(terms, at))
        {
            if (Hairs.TryGetValue(terms[before], out var hair))
            {
                traits = traits with { Hair = hair };
                taken.Add(before);
            }
            else if (Cuts.TryGetValue(terms[before], out var cut))
            {
                traits = traits with { Cut = cut };
            }
        }

        return traits;
    }

    private static Traits OfEyes(Traits traits, IReadOnlyList<string> terms, int at, HashSet<int> taken)
    {
        foreach (var before in Before(terms, at))
        {
            float? hue = terms[before] switch { "blue" => 250, "green" => 145, "brown" => 55, "golden" or "amber" or "yellow" => 85, "violet" or "purple" => 305, "red" => 25, _ => null };
            if (hue is not null)
            {
                traits = traits with { Iris = hue };
                taken.Add(before);
            }
        }

        return traits;
    }

    // The words that describe what stands at a place: as many as three before it.
    private static IEnumerable<int> Before(IReadOnlyList<string> terms, int at) =>
        Enumerable.Range(1, Math.Min(3, at)).Select(back => at - back).TakeWhile(place => terms[place] is not ("a" or "an" or "with" or "in" or "of" or "the" or "her" or "his"));
}

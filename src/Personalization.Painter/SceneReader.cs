using System.Collections.Frozen;
using System.Text;

namespace Personalization.Painter;

/// <summary>Finds in a prompt what the Painter can paint: a small grammar of words, not an understanding of language.</summary>
internal static class SceneReader
{
    private const string White = "white";

    private static readonly FrozenDictionary<string, Motif> Motifs = Table<Motif>(
        (Motif.Forest, "forest wood woods woodland jungle rainforest grove trees pines pine taiga birch bamboo redwood redwoods orchard"),
        (Motif.Sea, "sea seas ocean oceans wave waves wavy surf beach beaches coast coastline shore seaside seascape bay harbor harbour lagoon tide reef island islands underwater"),
        (Motif.Lake, "lake lakes pond river rivers stream fjord reservoir waterfall marsh wetland canal"),
        (Motif.Mountain, "mountain mountains mountainous peak peaks alps alpine summit cliff cliffs hill hills volcano canyon glacier highlands himalaya himalayas"),
        (Motif.Desert, "desert deserts dune dunes sahara sand sandy oasis savanna savannah wasteland mars"),
        (Motif.City, "city cities skyline street streets downtown town skyscraper skyscrapers metropolis urban tokyo york paris london alley buildings cityscape cyberpunk market"),
        (Motif.Meadow, "meadow meadows field fields grass grassland countryside prairie pasture garden park valley farm vineyard vineyards terraces hillside"),
        (Motif.Snowfield, "tundra arctic antarctic snowfield iceberg ice"),
        (Motif.Space, "space galaxy galaxies nebula cosmos cosmic universe planet planets outer_space orbit saturn jupiter"),
        (Motif.Dog, "dog dogs husky huskies puppy hound retriever labrador corgi shepherd poodle"),
        (Motif.Wolf, "wolf wolves coyote"),
        (Motif.Fox, "fox foxes"),
        (Motif.Cat, "cat cats kitten kitty panther leopard lynx"),
        (Motif.Horse, "horse horses stallion mare pony unicorn mustang"),
        (Motif.Deer, "deer stag elk moose antelope reindeer"),
        (Motif.Bird, "bird birds seagull seagulls eagle hawk crow raven swallow swallows geese heron crane cranes parrot owl"),
        (Motif.Butterfly, "butterfly butterflies moth"),
        (Motif.Person, "person people woman women girl face portrait lady queen princess astronaut dancer musician child witch traveler traveller hiker silhouette"),
        (Motif.Man, "man men boy king prince samurai warrior wizard monk knight fisherman grandfather"),
        (Motif.Flower, "flower flowers floral lavender orchid orchids bouquet blossom blossoms wildflower wildflowers bloom blooming lotus"),
        (Motif.Rose, "rose roses peony peonies camellia"),
        (Motif.Tulip, "tulip tulips lily lilies crocus"),
        (Motif.Daisy, "daisy daisies sunflower sunflowers chrysanthemum aster dahlia"),
        (Motif.Poppy, "poppy poppies anemone hibiscus"),
        (Motif.Tree, "tree oak maple willow cherry_blossom sakura palm baobab"),
        (Motif.House, "house cottage cabin hut home barn village villa farmhouse chalet"),
        (Motif.Castle, "castle palace fortress temple tower cathedral ruins"),
        (Motif.Lighthouse, "lighthouse beacon"),
        (Motif.Boat, "boat boats ship ships sailboat sailing sail yacht canoe fishing_boat"),
        (Motif.Balloon, "balloon balloons hot_air_balloon hot_air_balloons airship zeppelin"),
        (Motif.Path, "path paths road roads trail trails lane track footpath way highway"),
        (Motif.Cloud, "cloud clouds cloudy"),
        (Motif.Star, "star stars starry stardust constellation constellations milky_way night_sky starry_sky starry_night_sky starry_night aurora northern_lights"),
        (Motif.Moon, "moon moons moonlight moonlit crescent"),
        (Motif.Sun, "sun sunny sunshine sunlight"),
        (Motif.Rain, "rain rainy storm stormy thunderstorm"),
        (Motif.Snow, "snow snowy snowfall blizzard"),
        (Motif.Mist, "mist misty fog foggy haze hazy"),
        (Motif.Lettering, "text letters lettering words typography writing watermark"),
        (Motif.Border, "border borders frame frames ornament ornaments decoration decorations"));

    private static readonly FrozenDictionary<string, DayTime> Times = Table<DayTime>(
        (DayTime.Night, "night nighttime midnight starry night_sky starry_sky starry_night starry_night_sky moonlit moonlight nocturnal milky_way northern_lights aurora"),
        (DayTime.Sunset, "sunset sundown golden_hour evening"),
        (DayTime.Dawn, "dawn sunrise morning daybreak"),
        (DayTime.Dusk, "dusk twilight blue_hour neon cyberpunk"),
        (DayTime.Grey, "overcast storm stormy rain rainy cloudy fog foggy mist misty gloomy"),
        (DayTime.Day, "day noon midday daylight sunny afternoon"));

    private static readonly FrozenDictionary<string, Season> Seasons = Table<Season>(
        (Season.Winter, "winter snow snowy frost frosty frozen icy blizzard snowfall"),
        (Season.Autumn, "autumn autumnal fall october maple"),
        (Season.Spring, "spring cherry_blossom sakura april"),
        (Season.Summer, "summer"));

    private static readonly FrozenDictionary<string, float> Hues = Table<float>(
        (27, "red crimson scarlet ruby"),
        (60, "orange amber copper"),
        (100, "yellow golden gold"),
        (145, "green emerald"),
        (195, "teal turquoise cyan"),
        (258, "blue azure cobalt navy"),
        (305, "purple violet lavender lilac"),
        (355, "pink magenta rose"));

    private static readonly FrozenSet<string> Marks =
        "logo logos emblem icon badge crest monogram wordmark logotype brand branding".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<Motif> PlaceMotifs = new[]
    {
        Motif.Forest, Motif.Sea, Motif.Lake, Motif.Mountain, Motif.Desert, Motif.City, Motif.Meadow, Motif.Snowfield, Motif.Space,
    }.ToFrozenSet();

    // What belongs to the air is asked for by name, but never makes a picture by itself except through the sky it hangs in.
    private static readonly FrozenSet<Motif> AirMotifs = new[]
    {
        Motif.Cloud, Motif.Star, Motif.Moon, Motif.Sun, Motif.Rain, Motif.Snow, Motif.Mist, Motif.Lettering, Motif.Border,
    }.ToFrozenSet();

    /// <param name="text">The prompt's text, without parameters.</param>
    /// <param name="avoid">What to keep out, in the words of prompts.</param>
    public static Scene Read(string text, IReadOnlyList<string> avoid)
    {
        var avoided = avoid.SelectMany(phrase => Terms(Words(phrase))).Where(Motifs.ContainsKey).Select(term => Motifs[term]).ToHashSet();
        var lettering = Quoted(text);
        var words = Words(lettering is null ? text : text.Replace(lettering, " ", StringComparison.Ordinal));
        var terms = Terms(words);

        var named = terms.Where(Motifs.ContainsKey).Select(term => Motifs[term]).Distinct().Where(motif => !avoided.Contains(motif)).ToList();

        // A kind of flower is flowers.
        if (named.Exists(motif => motif is Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy))
        {
            named = avoided.Contains(Motif.Flower) ? [.. named.Where(motif => motif is not (Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy))] : [.. named.Append(Motif.Flower).Distinct()];
        }

        var places = named.Where(PlaceMotifs.Contains).ToList();
        var figures = named.Where(motif => !PlaceMotifs.Contains(motif) && motif is not (Motif.Lettering or Motif.Border)).ToList();
        var isLogo = terms.Any(Marks.Contains);
        var isPortrait = figures.Any(figure => figure is Motif.Person or Motif.Man)
            && (places.Count == 0 || terms.Any(term => term is "portrait" or "face" or "headshot"));

        return new(
            KindOf(isLogo, isPortrait, places, figures),
            Grounded(places, figures),
            figures,
            Times.TryFirst(terms),
            Seasons.TryFirst(terms) ?? Season.Summer,
            avoided.Contains(Motif.Lettering) ? null : lettering ?? (isLogo ? Called(words) : null),
            isLogo ? !HasOtherGround(words) : words.Contains(White) && terms.Any(term => term is "background" or "backdrop"),
            avoided,
            Hues.TryFirst(terms));
    }

    private static SceneKind KindOf(bool isLogo, bool isPortrait, List<Motif> places, List<Motif> figures)
    {
        if (isLogo)
        {
            return SceneKind.Logo;
        }

        if (isPortrait)
        {
            return SceneKind.Portrait;
        }

        if (figures.Contains(Motif.Flower) && places.Count == 0 && figures.All(figure => figure is Motif.Flower or Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy or Motif.Butterfly || AirMotifs.Contains(figure)))
        {
            return SceneKind.Bouquet;
        }

        return places.Count > 0 || figures.Count > 0 ? SceneKind.Landscape : SceneKind.Abstract;
    }

    // A figure without a place gets the one it is usually met in.
    private static List<Motif> Grounded(List<Motif> places, List<Motif> figures)
    {
        if (places.Count == 0 && figures.Count > 0)
        {
            var home = figures[0] switch
            {
                Motif.Boat or Motif.Lighthouse => Motif.Sea,
                Motif.Wolf or Motif.Deer or Motif.Fox => Motif.Forest,
                Motif.Castle or Motif.Balloon => Motif.Mountain,
                _ => Motif.Meadow,
            };
            places.Add(home);
        }

        return places;
    }

    private static string? Quoted(string text)
    {
        foreach (var (open, close) in (ReadOnlySpan<(char, char)>)[('"', '"'), ('\u201C', '\u201D'), ('\u201E', '\u201C'), ('\u00AB', '\u00BB')])
        {
            var start = text.IndexOf(open, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(close, start + 1);
            if (end > start + 1)
            {
                return text[(start + 1)..end].Trim() is { Length: > 0 } inside ? inside : null;
            }
        }

        return null;
    }

    // "a logo for a bakery called Crumb": the word after "called" or "named", though unquoted.
    private static string? Called(List<string> words)
    {
        var at = words.FindIndex(word => word is "called" or "named");
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }

    private static bool HasOtherGround(List<string> words)
    {
        var ground = words.FindIndex(word => word is "background" or "backdrop");
        return ground > 0 && words[ground - 1] is not (White or "plain" or "clean" or "light" or "simple");
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // Phrases of three and two words, joined by underscores, count before the single words they are made of.
    private static List<string> Terms(List<string> words)
    {
        var terms = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var length = Math.Min(3, words.Count - i);
            while (length > 1 && !IsPhrase(string.Join('_', words.Skip(i).Take(length))))
            {
                length--;
            }

            terms.Add(string.Join('_', words.Skip(i).Take(length)));
            i += length;
        }

        return terms;
    }

    // "Negative space" is no place; naming it as a phrase keeps its words from being read singly.
    private static bool IsPhrase(string term) => term == "negative_space" || Motifs.ContainsKey(term) || Times.ContainsKey(term) || Seasons.ContainsKey(term);

    private static T? TryFirst<T>(this FrozenDictionary<string, T> table, List<string> terms)
        where T : struct
    {
        foreach (var term in terms)
        {
            if (table.TryGetValue(term, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, T> Table<T>(params ReadOnlySpan<(T Meaning, string Words)> rows)
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (meaning, words) in rows)
        {
            foreach (var word in words.Split(' '))
            {
                table.TryAdd(word, meaning);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

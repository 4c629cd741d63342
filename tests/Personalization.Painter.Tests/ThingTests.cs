using Personalization.Painter.Compositions;
using Personalization.Painter.Figures;
using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Painter.Tests;

/// <summary>What people make and where they are: each noun is read, and each drawing is its own.</summary>
public sealed class ThingTests
{
    private const int Side = 96;

    private static readonly string[] Nouns =
    [
        "Bicycle: a bicycle, two bikes", "Motorcycle: a motorbike", "Car: a red car, taxis", "Bus: a school bus", "Truck: a lorry", "Train: a steam train", "Airplane: an aeroplane", "Helicopter: a helicopter",
        "Rocket: a rocket", "Spaceship: a spaceship, a space ship", "Saucer: a UFO", "Ship: a cruise ship", "Galleon: a pirate ship", "Rowboat: a canoe", "Submarine: a submarine", "House: a cottage", "Barn: a barn",
        "Church: a church tower, a cathedral", "Temple: a pagoda", "Columns: a Greek temple", "Ruin: ancient ruins", "Tower: a watchtower", "Skyscraper: a skyscraper", "IronTower: the Eiffel Tower", "Bridge: a bridge", "Windmill: a windmill",
        "Pyramid: pyramids", "Tent: a tent", "Igloo: an igloo", "Torii: a torii gate", "Fountain: a fountain", "Bench: a park bench", "Sofa: a couch", "Armchair: an armchair", "Fireplace: a fireplace", "Bed: a bed",
        "Bookshelf: a bookcase", "Stove: an oven", "Chair: a chair", "Table: a desk", "Piano: a piano", "Door: a door", "Guitar: a guitar", "Violin: a violin, two cellos", "Mirror: a mirror", "Dress: a gown", "Plant: a potted plant",
        "Ramen: ramen, a bowl of noodles", "Soup: a bowl of soup", "RiceBowl: a bowl of rice", "Salad: a salad", "FruitBowl: fruit", "Apple: an apple", "OrangeFruit: oranges", "Lemon: a lemon", "Pear: a pear", "Banana: bananas",
        "Strawberry: strawberries", "Cherry: cherries", "Grapes: grapes", "Watermelon: a watermelon", "Cake: a birthday cake", "Cupcake: a muffin", "IceCream: ice cream", "Donut: a doughnut", "Bread: a loaf of bread", "Pizza: a pizza",
        "Burger: a hamburger", "Sushi: sushi", "Cup: a cup of coffee, a mug of tea", "Teapot: a kettle", "Bottle: a glass bottle", "Wineglass: a glass of wine", "Cheese: cheese", "Egg: a fried egg", "Pancakes: pancakes", "Pumpkin: a pumpkin",
        "Mushroom: a mushroom", "Clock: an alarm clock", "Book: an open book", "Books: a pile of books", "Lamp: a desk lamp", "Candle: a candle", "Lantern: a lantern", "Vase: a vase", "Globe: a globe", "Hourglass: an hourglass",
        "Camera: a camera", "Laptop: a computer", "Gift: a gift", "Key: a key", "Gem: a diamond", "Bell: a bell", "Skull: a skull", "Heart: a heart", "Chest: a treasure chest", "Shoe: sneakers", "Hat: a hat", "Crown: a crown",
        "Bag: a backpack", "Umbrella: an umbrella", "Sword: a katana", "Shield: a shield", "Ball: a football", "Anchor: an anchor", "Telescope: a telescope", "Balloons: a red balloon", "Balloon: a hot air balloon", "Campfire: a campfire",
        "Drum: a drum", "Trumpet: a trumpet", "Microphone: a microphone", "Headphones: a headphones", "Television: a television", "Phone: a phone", "Bulb: a light bulb", "Pineapple: a pineapple", "Carrot: a carrot", "Tomato: a tomato",
        "Avocado: a avocado", "Croissant: a croissant", "Cookie: a cookie", "Fries: a fries", "HotDog: a hot dog", "Sandwich: a sandwich", "Pie: a pie", "Potion: a potion", "CrystalBall: a crystal ball", "Trophy: a trophy",
        "FingerRing: a ring", "Spectacles: a sunglasses", "Letter: a envelope", "Pencil: a pencil", "Kite: a kite", "Snowman: a snowman", "Tractor: a tractor", "FerrisWheel: a ferris wheel",
        "Iceberg: an iceberg", "Aurora: northern lights", "Rainbow: a rainbow over hills", "Beach: a beach", "Island: an island", "River: a river, a creek", "Waterfall: a waterfall", "Volcano: a volcano", "Cave: a cavern", "Market: a market street", "Village: a village street", "Garden: a garden",
        "RiceField: rice fields, a rice paddy", "Underwater: a coral reef", "LivingRoom: a cosy room", "Kitchen: a kitchen", "Library: a library", "Bedroom: a bedroom", "Cafe: a caf\u00E9, a coffee shop",
    ];

    public static TheoryData<string, object> ReadNouns => [.. Nouns.SelectMany(line => line[(line.IndexOf(':') + 2)..].Split(", ").Select(noun => (noun, (object)Enum.Parse<Motif>(line[..line.IndexOf(':')]))))];

    private static Motif[] Drawn => [.. Enum.GetValues<Motif>().Where(motif => Things.Find(motif) is not null)];

    [Theory]
    [MemberData(nameof(ReadNouns))]
    public void Scene_reader_knows_things_and_places_by_their_nouns(string noun, object motif) =>
        Assert.True(SceneReader.Read(noun, []).Has((Motif)motif), string.Join(", ", SceneReader.Read(noun, []).Figures));

    [Fact]
    public void Every_thing_is_known_by_a_noun()
    {
        var named = Nouns.Select(line => line[..line.IndexOf(':')]).ToHashSet();

        Assert.DoesNotContain(Drawn, motif => !named.Contains(motif.ToString()));
    }

    [Fact]
    public void Every_thing_covers_a_fair_part_of_its_square()
    {
        var empty = Paint("nothing", _ => { });
        foreach (var motif in Drawn)
        {
            var covered = Difference(empty, PaintThing(motif)).Count(away => away > 6) / (double)(Side * Side);
            Assert.True(covered is > 0.04 and < 0.9, $"{motif} covers {covered:0.000}");
        }
    }

    [Fact]
    public void Every_thing_is_told_from_every_other()
    {
        var pictures = Drawn.ToDictionary(motif => motif, PaintThing);
        foreach (var (first, second) in Pairs(Drawn))
        {
            var changed = Difference(pictures[first], pictures[second]).Count(away => away > 12) / (double)(Side * Side);
            Assert.True(changed > 0.05, $"{first} and {second} differ in {changed:0.000}");
        }
    }

    [Fact]
    public void Every_place_is_told_from_every_other()
    {
        string[] places = ["meadow", "sea", "lake", "mountain", "city", "forest", "beach", "island", "river", "waterfall", "volcano", "cave", "market", "village", "garden", "rice field", "underwater", "moonscape", "stage", "room", "kitchen", "library", "bedroom", "caf\u00E9"];
        var pictures = places.ToDictionary(place => place, place => Paint($"a {place} by day", easel =>
        {
            if (easel.Scene.Kind == SceneKind.Interior)
            {
                Interior.Paint(easel);
            }
            else
            {
                Landscape.Paint(easel);
            }
        }));

        foreach (var (first, second) in Pairs(places))
        {
            var changed = Difference(pictures[first], pictures[second]).Count(away => away > 12) / (double)(Side * Side);
            Assert.True(changed > 0.08, $"{first} and {second} differ in {changed:0.000}");
        }
    }

    [Fact]
    public void Every_kind_of_tree_is_told_from_every_other()
    {
        // On an empty ground, from the same numbers.
        string[] kinds = ["tree", "oak tree", "pine tree", "palm tree", "willow", "birch tree", "cherry tree", "maple", "bamboo"];
        var pictures = kinds.ToDictionary(kind => kind, kind => Paint($"a {kind} by day", easel => Layers.Trees.Paint(easel, new(5), Side / 2, Side * 0.9f, Side * 0.8f, 0.02f)));

        foreach (var (first, second) in Pairs(kinds))
        {
            var changed = Difference(pictures[first], pictures[second]).Count(away => away > 12) / (double)(Side * Side);
            Assert.True(changed > 0.06, $"{first} and {second} differ in {changed:0.000}");
        }
    }

    [Theory]
    [InlineData("a birch forest", TreeKind.Birch)]
    [InlineData("a path through bamboo", TreeKind.Bamboo)]
    [InlineData("palm trees on a beach", TreeKind.Palm)]
    [InlineData("cherry blossom trees beside a lake", TreeKind.Cherry)]
    [InlineData("a forest", null)]
    public void Scene_reader_reads_kinds_of_trees(string text, object? kind) => Assert.Equal((TreeKind?)kind, SceneReader.Read(text, []).Trees);

    [Theory]
    [InlineData("a bicycle in a meadow", "bicycle")]
    [InlineData("a car on a bridge", "car")]
    [InlineData("a bicycle by a bridge", "bridge")]
    [InlineData("a cat on a sofa in a library", "cat")]
    [InlineData("a cat on a sofa in a library", "sofa")]
    [InlineData("a dog and a piano in a living room", "piano")]
    [InlineData("an apple and a bottle in a kitchen", "bottle")]
    [InlineData("a temple in the mountains", "temple")]
    [InlineData("a ship at sea", "ship")]
    [InlineData("a woman with an umbrella in the city", "umbrella")]
    [InlineData("a house on an island", "house")]
    [InlineData("a submarine in a coral reef", "submarine")]
    [InlineData("a river in a valley", "river")]
    [InlineData("a rainbow over a meadow", "a rainbow")]
    [InlineData("northern lights over the sea at night", "northern lights")]
    [InlineData("flowers in a kitchen", "flowers")]
    public async Task Painter_shows_each_thing_that_a_prompt_names(string text, string thing)
    {
        var with = Bitmap(await PainterFixture.PngAsync(PainterFixture.Request(text, side: Side)));
        var without = Bitmap(await PainterFixture.PngAsync(PainterFixture.Request(text, side: Side) with { Avoid = [thing] }));

        Assert.True(Difference(with, without).Count(away => away > 8) > 0.015 * Side * Side, $"{text} without {thing}");
    }

    [Fact]
    public void Thing_is_lit_from_the_side_of_the_sun()
    {
        // Sunlight from the left makes a vase lighter on its left, and the other way round.
        var lit = new[] { 3ul, 4ul, 5ul, 6ul, 7ul, 8ul, 9ul, 10ul }.Select(seed =>
        {
            var lean = 0f;
            var picture = Paint("a vase by day", easel => (lean, _) = (easel.Lean, PaintInto(easel, Motif.Vase)), seed);
            return lean * (Half(picture, left: true) - Half(picture, left: false));
        }).ToList();

        Assert.All(lit, difference => Assert.True(difference > 2, $"{difference:0.0}"));
    }

    private static IEnumerable<(T, T)> Pairs<T>(T[] all) => all.SelectMany((first, at) => all.Skip(at + 1).Select(second => (first, second)));

    private static double Half(SKColor[] picture, bool left) =>
        picture.Index().Where(pixel => (pixel.Index / Side) is > 58 and < 72 && (left ? pixel.Index % Side is > 30 and < 46 : pixel.Index % Side is > 50 and < 66)).Average(pixel => Luma(pixel.Item));

    private static SKColor[] PaintThing(Motif motif) => Paint("a day", easel => PaintInto(easel, motif));

    private static bool PaintInto(Easel easel, Motif motif)
    {
        Things.Paint(easel, motif, Side / 2, Things.Find(motif)!.Standing == Standing.Air ? Side / 2 : Side * 0.86f, 1.1f);
        return true;
    }

    private static SKColor[] Paint(string text, Action<Easel> draw, ulong seed = 7)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(128, 128, 128));
        using var easel = new Easel(canvas, Side, Side, SceneReader.Read(text, []), default, new(seed), TestContext.Current.CancellationToken);
        draw(easel);
        return bitmap.Pixels;
    }

    private static SKColor[] Bitmap(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png);
        return bitmap.Pixels;
    }

    private static IEnumerable<double> Difference(SKColor[] first, SKColor[] second) => first.Zip(second, (a, b) => (Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue)) / 3.0);

    private static double Luma(SKColor pixel) => (0.299 * pixel.Red) + (0.587 * pixel.Green) + (0.114 * pixel.Blue);
}

using System.Collections.Frozen;

namespace Personalization.Painter.Figures;

/// <summary>All things by motif, and how they are put into a picture.</summary>
internal static class Things
{
    /// <summary>The nearness of what stands before everything else.</summary>
    public const int Foreground = 5;

    private static readonly FrozenDictionary<Motif, Thing> All = new Dictionary<Motif, Thing>
    {
        [Motif.Bicycle] = new(Standing.Ground, 0.24f, Motif.Meadow, Vehicles.Bicycle),
        [Motif.Motorcycle] = new(Standing.Ground, 0.24f, Motif.City, Vehicles.Motorcycle),
        [Motif.Car] = new(Standing.Ground, 0.27f, Motif.City, Vehicles.Car),
        [Motif.Bus] = new(Standing.Ground, 0.29f, Motif.City, Vehicles.Bus),
        [Motif.Truck] = new(Standing.Ground, 0.28f, Motif.Meadow, Vehicles.Truck),
        [Motif.Train] = new(Standing.Ground, 0.24f, Motif.Meadow, Vehicles.Train),
        [Motif.Airplane] = new(Standing.Air, 0.27f, Motif.Meadow, Vehicles.Airplane),
        [Motif.Helicopter] = new(Standing.Air, 0.25f, Motif.City, Vehicles.Helicopter),
        [Motif.Submarine] = new(Standing.Air, 0.3f, Motif.Underwater, Vehicles.Submarine),
        [Motif.Campfire] = new(Standing.Ground, 0.22f, Motif.Forest, Objects.Campfire),
        [Motif.Rocket] = new(Standing.Air, 0.23f, Motif.Space, Vehicles.Rocket),
        [Motif.Spaceship] = new(Standing.Air, 0.24f, Motif.Space, Vehicles.Spaceship),
        [Motif.Saucer] = new(Standing.Air, 0.22f, Motif.Meadow, Vehicles.Saucer),
        [Motif.Ship] = new(Standing.Water, 0.27f, Motif.Sea, Vehicles.Ship),
        [Motif.Galleon] = new(Standing.Water, 0.24f, Motif.Sea, Vehicles.Galleon),
        [Motif.Rowboat] = new(Standing.Water, 0.22f, Motif.Lake, Vehicles.Rowboat),
        [Motif.Iceberg] = new(Standing.Water, 0.3f, Motif.Sea, Buildings.Iceberg),
        [Motif.House] = new(Standing.Distance, 0.19f, Motif.Meadow, Buildings.House),
        [Motif.Barn] = new(Standing.Distance, 0.2f, Motif.Meadow, Buildings.Barn),
        [Motif.Church] = new(Standing.Distance, 0.18f, Motif.Meadow, Buildings.Church),
        [Motif.Temple] = new(Standing.Distance, 0.185f, Motif.Mountain, Buildings.Temple),
        [Motif.Columns] = new(Standing.Distance, 0.24f, Motif.Meadow, Buildings.Columns),
        [Motif.Ruin] = new(Standing.Distance, 0.22f, Motif.Meadow, Buildings.Ruin),
        [Motif.Tower] = new(Standing.Distance, 0.18f, Motif.Meadow, Buildings.Tower),
        [Motif.IronTower] = new(Standing.Distance, 0.2f, Motif.Meadow, Buildings.IronTower),
        [Motif.Skyscraper] = new(Standing.Distance, 0.19f, Motif.City, Buildings.Skyscraper),
        [Motif.Windmill] = new(Standing.Distance, 0.18f, Motif.Meadow, Buildings.Windmill),
        [Motif.Pyramid] = new(Standing.Distance, 0.3f, Motif.Desert, Buildings.Pyramid),
        [Motif.Tent] = new(Standing.Ground, 0.24f, Motif.Mountain, Buildings.Tent),
        [Motif.Igloo] = new(Standing.Ground, 0.26f, Motif.Snowfield, Buildings.Igloo),
        [Motif.Torii] = new(Standing.Distance, 0.22f, Motif.Lake, Buildings.Torii),
        [Motif.Fountain] = new(Standing.Ground, 0.27f, Motif.Garden, Buildings.Fountain),
        [Motif.Bench] = new(Standing.Ground, 0.24f, Motif.Meadow, Furniture.Bench),
        [Motif.Sofa] = new(Standing.Floor, 0.27f, Motif.LivingRoom, Furniture.Sofa),
        [Motif.Armchair] = new(Standing.Floor, 0.24f, Motif.LivingRoom, Furniture.Armchair),
        [Motif.Fireplace] = new(Standing.Floor, 0.2f, Motif.LivingRoom, Furniture.Fireplace),
        [Motif.Bed] = new(Standing.Floor, 0.28f, Motif.Bedroom, Furniture.Bed),
        [Motif.Bookshelf] = new(Standing.Floor, 0.22f, Motif.Library, Furniture.Bookshelf),
        [Motif.Stove] = new(Standing.Floor, 0.22f, Motif.Kitchen, Furniture.Stove),
        [Motif.Chair] = new(Standing.Floor, 0.23f, Motif.Room, Furniture.Chair),
        [Motif.Table] = new(Standing.Floor, 0.27f, Motif.Room, Furniture.Table),
        [Motif.Piano] = new(Standing.Floor, 0.27f, Motif.Room, Furniture.Piano),
        [Motif.Door] = new(Standing.Floor, 0.25f, Motif.Room, Furniture.Door),
        [Motif.Guitar] = new(Standing.Floor, 0.27f, Motif.Room, Objects.Guitar),
        [Motif.Violin] = new(Standing.Floor, 0.27f, Motif.Room, Objects.Violin),
        [Motif.Mirror] = new(Standing.Floor, 0.25f, Motif.Room, Objects.Mirror),
        [Motif.Dress] = new(Standing.Floor, 0.26f, Motif.Room, Objects.Dress, IsWorn: true),
        [Motif.Plant] = new(Standing.Floor, 0.26f, Motif.Room, Furniture.Plant),
        [Motif.Ramen] = new(Standing.Table, 0.3f, Motif.Room, Food.Ramen),
        [Motif.Soup] = new(Standing.Table, 0.3f, Motif.Room, Food.Soup),
        [Motif.RiceBowl] = new(Standing.Table, 0.29f, Motif.Room, Food.Rice),
        [Motif.Salad] = new(Standing.Table, 0.29f, Motif.Room, Food.Salad),
        [Motif.FruitBowl] = new(Standing.Table, 0.29f, Motif.Room, Food.FruitBowl),
        [Motif.Apple] = new(Standing.Table, 0.26f, Motif.Room, Food.Apple),
        [Motif.OrangeFruit] = new(Standing.Table, 0.26f, Motif.Room, Food.Orange),
        [Motif.Lemon] = new(Standing.Table, 0.26f, Motif.Room, Food.Lemon),
        [Motif.Pear] = new(Standing.Table, 0.26f, Motif.Room, Food.Pear),
        [Motif.Banana] = new(Standing.Table, 0.28f, Motif.Room, Food.Banana),
        [Motif.Strawberry] = new(Standing.Table, 0.27f, Motif.Room, Food.Strawberry),
        [Motif.Cherry] = new(Standing.Table, 0.26f, Motif.Room, Food.CherryPair),
        [Motif.Grapes] = new(Standing.Table, 0.26f, Motif.Room, Food.GrapeBunch),
        [Motif.Watermelon] = new(Standing.Table, 0.3f, Motif.Room, Food.Watermelon),
        [Motif.Cake] = new(Standing.Table, 0.3f, Motif.Room, Food.Cake),
        [Motif.Cupcake] = new(Standing.Table, 0.27f, Motif.Room, Food.Cupcake),
        [Motif.IceCream] = new(Standing.Table, 0.26f, Motif.Room, Food.IceCream),
        [Motif.Donut] = new(Standing.Table, 0.3f, Motif.Room, Food.Donut),
        [Motif.Bread] = new(Standing.Table, 0.3f, Motif.Room, Food.Bread),
        [Motif.Pizza] = new(Standing.Table, 0.34f, Motif.Room, Food.Pizza),
        [Motif.Burger] = new(Standing.Table, 0.3f, Motif.Room, Food.Burger),
        [Motif.Sushi] = new(Standing.Table, 0.32f, Motif.Room, Food.Sushi),
        [Motif.Cup] = new(Standing.Table, 0.27f, Motif.Room, Food.Cup),
        [Motif.Teapot] = new(Standing.Table, 0.27f, Motif.Room, Food.Teapot),
        [Motif.Bottle] = new(Standing.Table, 0.27f, Motif.Room, Food.Bottle),
        [Motif.Wineglass] = new(Standing.Table, 0.26f, Motif.Room, Food.Wineglass),
        [Motif.Cheese] = new(Standing.Table, 0.28f, Motif.Room, Food.Cheese),
        [Motif.Egg] = new(Standing.Table, 0.27f, Motif.Room, Food.Egg),
        [Motif.Pancakes] = new(Standing.Table, 0.29f, Motif.Room, Food.Pancakes),
        [Motif.Pumpkin] = new(Standing.Table, 0.28f, Motif.Room, Food.Pumpkin),
        [Motif.Mushroom] = new(Standing.Ground, 0.24f, Motif.Forest, Food.Mushroom),
        [Motif.Clock] = new(Standing.Table, 0.26f, Motif.Room, Objects.Clock),
        [Motif.Book] = new(Standing.Table, 0.3f, Motif.Room, Objects.Book),
        [Motif.Books] = new(Standing.Table, 0.28f, Motif.Room, Objects.BookPile),
        [Motif.Lamp] = new(Standing.Table, 0.27f, Motif.Room, Furniture.Lamp),
        [Motif.Candle] = new(Standing.Table, 0.25f, Motif.Room, Objects.Candle),
        [Motif.Lantern] = new(Standing.Table, 0.25f, Motif.Room, Objects.Lantern),
        [Motif.Vase] = new(Standing.Table, 0.27f, Motif.Room, Objects.Vase),
        [Motif.Globe] = new(Standing.Table, 0.27f, Motif.Room, Objects.Globe),
        [Motif.Hourglass] = new(Standing.Table, 0.27f, Motif.Room, Objects.Hourglass),
        [Motif.Camera] = new(Standing.Table, 0.27f, Motif.Room, Objects.Camera),
        [Motif.Laptop] = new(Standing.Table, 0.29f, Motif.Room, Objects.Laptop),
        [Motif.Gift] = new(Standing.Table, 0.27f, Motif.Room, Objects.Gift),
        [Motif.Key] = new(Standing.Table, 0.28f, Motif.Room, Objects.Key),
        [Motif.Gem] = new(Standing.Table, 0.28f, Motif.Room, Objects.Gem),
        [Motif.Bell] = new(Standing.Table, 0.26f, Motif.Room, Objects.Bell),
        [Motif.Skull] = new(Standing.Table, 0.26f, Motif.Room, Objects.Skull),
        [Motif.Heart] = new(Standing.Table, 0.26f, Motif.Room, Objects.Heart),
        [Motif.Chest] = new(Standing.Table, 0.28f, Motif.Room, Objects.Chest),
        [Motif.Shoe] = new(Standing.Table, 0.29f, Motif.Room, Objects.Shoe, IsWorn: true),
        [Motif.Hat] = new(Standing.Table, 0.28f, Motif.Room, Objects.Hat, IsWorn: true),
        [Motif.Crown] = new(Standing.Table, 0.27f, Motif.Room, Objects.Crown, IsWorn: true),
        [Motif.Bag] = new(Standing.Table, 0.27f, Motif.Room, Objects.Bag),
        [Motif.Drum] = new(Standing.Table, 0.27f, Motif.Room, Instruments.Drum),
        [Motif.Trumpet] = new(Standing.Table, 0.27f, Motif.Room, Instruments.Trumpet),
        [Motif.Microphone] = new(Standing.Table, 0.27f, Motif.Room, Instruments.Microphone),
        [Motif.Headphones] = new(Standing.Table, 0.27f, Motif.Room, Instruments.Headphones, IsWorn: true),
        [Motif.Television] = new(Standing.Table, 0.27f, Motif.Room, Instruments.Television),
        [Motif.Phone] = new(Standing.Table, 0.25f, Motif.Room, Instruments.Phone),
        [Motif.Bulb] = new(Standing.Table, 0.26f, Motif.Room, Instruments.Bulb),
        [Motif.Pineapple] = new(Standing.Table, 0.27f, Motif.Room, Food.Pineapple),
        [Motif.Carrot] = new(Standing.Table, 0.27f, Motif.Room, Food.Carrot),
        [Motif.Tomato] = new(Standing.Table, 0.27f, Motif.Room, Food.Tomato),
        [Motif.Avocado] = new(Standing.Table, 0.27f, Motif.Room, Food.Avocado),
        [Motif.Croissant] = new(Standing.Table, 0.27f, Motif.Room, Food.Croissant),
        [Motif.Cookie] = new(Standing.Table, 0.27f, Motif.Room, Food.Cookie),
        [Motif.Fries] = new(Standing.Table, 0.27f, Motif.Room, Food.Fries),
        [Motif.HotDog] = new(Standing.Table, 0.27f, Motif.Room, Food.HotDog),
        [Motif.Sandwich] = new(Standing.Table, 0.27f, Motif.Room, Food.Sandwich),
        [Motif.Pie] = new(Standing.Table, 0.27f, Motif.Room, Food.Pie),
        [Motif.Potion] = new(Standing.Table, 0.28f, Motif.Room, Objects.Potion),
        [Motif.CrystalBall] = new(Standing.Table, 0.27f, Motif.Room, Objects.CrystalBall),
        [Motif.Trophy] = new(Standing.Table, 0.27f, Motif.Room, Objects.Trophy),
        [Motif.FingerRing] = new(Standing.Table, 0.27f, Motif.Room, Objects.FingerRing, IsWorn: true),
        [Motif.Spectacles] = new(Standing.Table, 0.27f, Motif.Room, Objects.Spectacles, IsWorn: true),
        [Motif.Letter] = new(Standing.Table, 0.27f, Motif.Room, Objects.Letter),
        [Motif.Pencil] = new(Standing.Table, 0.27f, Motif.Room, Objects.Pencil),
        [Motif.Kite] = new(Standing.Air, 0.2f, Motif.Meadow, Objects.Kite),
        [Motif.Snowman] = new(Standing.Ground, 0.21f, Motif.Snowfield, Objects.Snowman),
        [Motif.Tractor] = new(Standing.Ground, 0.26f, Motif.Meadow, Vehicles.Tractor),
        [Motif.FerrisWheel] = new(Standing.Distance, 0.21f, Motif.Meadow, Buildings.FerrisWheel),
        [Motif.Umbrella] = new(Standing.Ground, 0.24f, Motif.Meadow, Objects.Umbrella),
        [Motif.Sword] = new(Standing.Ground, 0.26f, Motif.Mountain, Objects.Sword),
        [Motif.Shield] = new(Standing.Ground, 0.23f, Motif.Meadow, Objects.Shield),
        [Motif.Ball] = new(Standing.Ground, 0.17f, Motif.Meadow, Objects.Ball),
        [Motif.Anchor] = new(Standing.Ground, 0.23f, Motif.Beach, Objects.Anchor),
        [Motif.Telescope] = new(Standing.Ground, 0.26f, Motif.Meadow, Objects.Telescope),
        [Motif.Balloons] = new(Standing.Air, 0.2f, Motif.Meadow, Objects.Balloons),
    }.ToFrozenDictionary();

    /// <summary>The thing of a motif; null for a place, a plant or a creature.</summary>
    public static Thing? Find(Motif motif) => All.GetValueOrDefault(motif);

    public static bool IsOnTable(Motif motif) => Find(motif)?.Standing == Standing.Table;

    /// <summary>Paints a thing where it stands.</summary>
    /// <param name="scale">Of its own size; 1 in a picture that it has for itself.</param>
    public static void Paint(Easel easel, Motif motif, float x, float foot, float scale = 1, float distance = 0.05f)
    {
        var thing = All[motif];
        using var form = new Form(easel, x, foot, MathF.Min(easel.Height, easel.Width * 0.95f) * thing.Size * scale, distance);
        thing.Draw(form, easel.Random.Fork(motif.ToString()));
    }

    /// <summary>Puts a thing into a landscape.</summary>
    /// <param name="place">Which of the scene's figures it is; the first has the most room.</param>
    /// <returns>False for what is no thing.</returns>
    public static bool TryPaint(Easel easel, Motif motif, int place, float x, float horizon)
    {
        if (motif == Motif.Bridge)
        {
            if (easel.Random.Fork("span").Happens(easel.Scene.Has(Motif.City) || easel.Scene.Has(Motif.Sea) ? 0.9f : 0))
            {
                Buildings.SuspensionBridge(easel, horizon);
            }
            else
            {
                Buildings.StoneBridge(easel, horizon);
            }

            return true;
        }

        if (Find(motif) is not { } thing)
        {
            return false;
        }

        var land = easel.Height - horizon;
        if (easel.Scene.Has(Motif.Island) && thing.Standing == Standing.Distance)
        {
            var (middle, shore) = Layers.Waters.IslandAt(easel, horizon);
            Paint(easel, motif, middle, shore - (easel.Height * 0.02f), 0.62f, 0.14f);
            return true;
        }

        var company = easel.Scene.Figures.Count(figure => Find(figure) is not null) > 1 ? 0.78f : 1;
        var (foot, distance) = thing.Standing switch
        {
            Standing.Distance => (horizon + (land * (motif == Motif.Skyscraper ? 0.3f : 0.36f)), 0.12f),
            Standing.Water => (horizon + (land * 0.42f), 0.06f),
            Standing.Air => (easel.Height * (0.4f + (0.06f * place)), 0.05f),
            _ => (easel.Height * (0.87f - (0.05f * place)), 0.04f),
        };
        var isBesideWearer = thing.IsWorn && easel.Scene.Figures.Any(figure => Find(figure) is null && Nearness(figure) >= Foreground);
        Paint(easel, motif, x, foot, company * (isBesideWearer ? 0.4f : thing.Standing is Standing.Table or Standing.Floor ? 0.85f : 1), distance);
        return true;
    }

    /// <summary>Whether a person of the scene would have it in hand.</summary>
    public static bool IsHeld(Motif motif) => motif is Motif.Umbrella or Motif.Sword or Motif.Shield or Motif.Balloons or Motif.Lantern or Motif.Ball or Motif.Bag or Motif.Book or Motif.Guitar or Motif.Violin;

    /// <summary>Puts a thing into the hand of a person who stands at <paramref name="x"/>, or down beside them.</summary>
    /// <param name="tall">The person's height, in pixels.</param>
    public static void Hold(Easel easel, Motif motif, float x, float foot, float tall)
    {
        var (aside, up, size) = motif switch
        {
            Motif.Umbrella => (0.21f, 0.5f, 0.42f),
            Motif.Sword => (0.21f, 0.56f, 0.26f),
            Motif.Shield => (0.2f, 0.4f, 0.2f),
            Motif.Balloons => (0.3f, 1.02f, 0.3f),
            Motif.Lantern => (0.21f, 0.4f, 0.12f),
            _ => (0.36f, 0.0f, 0.18f),
        };
        using var form = new Form(easel, x + (easel.Lean * aside * tall), foot - (up * tall), size * tall, 0.04f);
        All[motif].Draw(form, easel.Random.Fork(motif.ToString()));
    }

    /// <summary>0 for what stands farthest away, to <see cref="Foreground"/>: the farthest is painted first.</summary>
    public static int Nearness(Motif motif) => IsHeld(motif) ? Foreground + 1 : Find(motif)?.Standing switch
    {
        Standing.Distance => 0,
        Standing.Air => 2,
        Standing.Water => 3,
        Standing.Ground => 4,
        _ => motif switch
        {
            Motif.Castle or Motif.Lighthouse => 0,
            Motif.Bridge => 1,
            Motif.Balloon or Motif.Bird or Motif.Butterfly => 2,
            Motif.Boat => 3,
            _ when Creatures.IsAfloat(motif) => 3,
            _ => Foreground,
        },
    };
}

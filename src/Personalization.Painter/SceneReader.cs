using System.Collections.Frozen;
using System.Text;
using Personalization.Painter.Compositions;
using Personalization.Painter.Figures;

namespace Personalization.Painter;

/// <summary>Finds in a prompt what the Painter can paint: a small grammar of words, not an understanding of language.</summary>
internal static class SceneReader
{
    private const string White = "white";

    private static readonly FrozenDictionary<string, Motif> Motifs = Table<Motif>(
        // Things and places. A word counts for the first row it is in.
        (Motif.Beach, "beach beaches seaside sandy_beach seashore"),
        (Motif.Island, "island islands isle atoll desert_island"),
        (Motif.River, "river rivers stream creek brook canal riverbank"),
        (Motif.Waterfall, "waterfall waterfalls cascade cascades"),
        (Motif.Volcano, "volcano volcanoes volcanic lava eruption"),
        (Motif.Cave, "cave caves cavern grotto"),
        (Motif.Market, "market marketplace bazaar market_street street_market market_stall market_stalls"),
        (Motif.Village, "village villages hamlet village_street"),
        (Motif.Garden, "garden gardens flower_bed flower_beds botanical_garden"),
        (Motif.RiceField, "rice_field rice_fields rice_paddy rice_paddies paddy paddies paddy_field rice_terrace rice_terraces"),
        (Motif.Underwater, "underwater coral corals reef coral_reef seabed ocean_floor sea_floor deep_sea aquarium under_the_surface under_the_sea beneath_the_sea beneath_the_waves"),
        (Motif.Lunar, "lunar moonscape lunar_surface on_the_moon"),
        (Motif.Stage, "stage theater theatre opera"),
        (Motif.LivingRoom, "windowsill living_room room interior lounge parlor parlour apartment indoors"),
        (Motif.Kitchen, "kitchen kitchens bakery"),
        (Motif.Library, "library libraries bookshop bookstore study_room"),
        (Motif.Bedroom, "bedroom bedrooms"),
        (Motif.Cafe, "cafe cafes caf\u00E9 coffee_shop coffeehouse restaurant bistro diner tea_house"),
        (Motif.Bicycle, "bicycle bicycles bike bikes"),
        (Motif.Motorcycle, "motorcycle motorcycles motorbike motorbikes scooter vespa"),
        (Motif.Car, "car cars automobile automobiles taxi race_car sports_car vintage_car"),
        (Motif.Helicopter, "helicopter chopper"),
        (Motif.Submarine, "submarine"),
        (Motif.Campfire, "campfire bonfire camp_fire fire"),
        (Motif.Iceberg, "iceberg icebergs"),
        (Motif.Aurora, "aurora northern_lights aurora_borealis polar_lights"),
        (Motif.Rainbow, "a_rainbow double_rainbow"),
        (Motif.Bus, "bus buses minibus school_bus camper_van"),
        (Motif.Truck, "truck trucks lorry fire_truck"),
        (Motif.Train, "train trains locomotive steam_train steam_locomotive steam_engine tram"),
        (Motif.Airplane, "airplane airplanes aeroplane plane aircraft airliner jet"),
        (Motif.Rocket, "rocket rockets space_shuttle rocket_ship"),
        (Motif.Spaceship, "spaceship spaceships starship spacecraft space_ship"),
        (Motif.Saucer, "ufo ufos flying_saucer alien_ship"),
        (Motif.Galleon, "pirate_ship galleon tall_ship sailing_ship viking_ship longship"),
        (Motif.Ship, "ship ships steamship steamer ferry cruise_ship ocean_liner cargo_ship"),
        (Motif.Rowboat, "rowboat rowboats rowing_boat canoe kayak gondola dinghy"),
        (Motif.House, "house houses cottage cottages cabin hut home farmhouse villa chalet mansion"),
        (Motif.Barn, "barn barns"),
        (Motif.Church, "church churches chapel cathedral church_tower bell_tower"),
        (Motif.Temple, "temple temples pagoda shrine monastery"),
        (Motif.Columns, "greek_temple roman_temple parthenon acropolis"),
        (Motif.Ruin, "ruin ruins ruined ancient_ruins"),
        (Motif.Tower, "tower towers watchtower clock_tower"),
        (Motif.IronTower, "eiffel_tower"),
        (Motif.Skyscraper, "skyscraper"),
        (Motif.Bridge, "bridge bridges"),
        (Motif.Windmill, "windmill windmills"),
        (Motif.Pyramid, "pyramid pyramids"),
        (Motif.Tent, "tent tents campsite camping"),
        (Motif.Igloo, "igloo igloos"),
        (Motif.Torii, "torii torii_gate"),
        (Motif.Fountain, "fountain fountains"),
        (Motif.Bench, "bench park_bench"),
        (Motif.Sofa, "sofa sofas couch"),
        (Motif.Armchair, "armchair armchairs"),
        (Motif.Fireplace, "fireplace hearth"),
        (Motif.Bed, "bed beds"),
        (Motif.Bookshelf, "bookshelf bookshelves bookcase"),
        (Motif.Stove, "stove oven"),
        (Motif.Chair, "chair chairs"),
        (Motif.Table, "table tables desk"),
        (Motif.Piano, "piano pianos"),
        (Motif.Door, "door doors doorway"),
        (Motif.Guitar, "guitar guitars"),
        (Motif.Violin, "violin violins fiddle cello"),
        (Motif.Mirror, "mirror mirrors"),
        (Motif.Dress, "dress dresses gown"),
        (Motif.Plant, "plant plants houseplant houseplants potted_plant potted_plants"),
        (Motif.Ramen, "ramen noodles noodle noodle_soup pho udon spaghetti pasta"),
        (Motif.Soup, "soup stew curry broth"),
        (Motif.RiceBowl, "rice rice_bowl"),
        (Motif.Salad, "salad"),
        (Motif.FruitBowl, "fruit fruits"),
        (Motif.Apple, "apple apples"),
        (Motif.OrangeFruit, "oranges tangerine tangerines mandarin clementine"),
        (Motif.Lemon, "lemon lemons lime limes citrus"),
        (Motif.Pear, "pear pears"),
        (Motif.Banana, "banana bananas"),
        (Motif.Strawberry, "strawberry strawberries"),
        (Motif.Cherry, "cherry cherries"),
        (Motif.Grapes, "grape grapes"),
        (Motif.Watermelon, "watermelon watermelons"),
        (Motif.Cake, "cake cakes birthday_cake"),
        (Motif.Cupcake, "cupcake cupcakes muffin muffins"),
        (Motif.IceCream, "ice_cream ice_cream_cone gelato"),
        (Motif.Donut, "donut donuts doughnut doughnuts"),
        (Motif.Bread, "bread loaf baguette"),
        (Motif.Pizza, "pizza pizzas"),
        (Motif.Burger, "burger burgers hamburger cheeseburger"),
        (Motif.Sushi, "sushi sashimi nigiri maki"),
        (Motif.Cup, "cup cups mug mugs coffee tea espresso cappuccino latte teacup coffee_cup tea_cup hot_chocolate"),
        (Motif.Teapot, "teapot teapots kettle"),
        (Motif.Bottle, "bottle bottles"),
        (Motif.Wineglass, "wine wineglass wine_glass goblet"),
        (Motif.Cheese, "cheese"),
        (Motif.Egg, "egg eggs fried_egg breakfast"),
        (Motif.Pancakes, "pancake pancakes"),
        (Motif.Pumpkin, "pumpkin pumpkins"),
        (Motif.Mushroom, "mushroom mushrooms toadstool"),
        (Motif.Clock, "clock clocks alarm_clock"),
        (Motif.Book, "book open_book"),
        (Motif.Books, "books"),
        (Motif.Lamp, "lamp lamps table_lamp desk_lamp"),
        (Motif.Candle, "candle candles"),
        (Motif.Lantern, "lantern lanterns"),
        (Motif.Vase, "vase vases"),
        (Motif.Globe, "globe"),
        (Motif.Hourglass, "hourglass"),
        (Motif.Camera, "camera cameras"),
        (Motif.Laptop, "laptop computer"),
        (Motif.Gift, "gift gifts gift_box"),
        (Motif.Key, "key keys"),
        (Motif.Gem, "gem gems gemstone diamond diamonds jewel crystal crystals"),
        (Motif.Bell, "bell bells"),
        (Motif.Skull, "skull skulls"),
        (Motif.Heart, "heart hearts"),
        (Motif.Chest, "treasure treasure_chest"),
        (Motif.Shoe, "shoe shoes sneaker sneakers"),
        (Motif.Hat, "hat hats"),
        (Motif.Crown, "crown crowns tiara"),
        (Motif.Bag, "backpack backpacks bag bags"),
        (Motif.Drum, "drum drums"),
        (Motif.Trumpet, "trumpet trombone"),
        (Motif.Microphone, "microphone"),
        (Motif.Headphones, "headphones"),
        (Motif.Television, "television tv"),
        (Motif.Phone, "phone smartphone cellphone"),
        (Motif.Bulb, "light_bulb lightbulb"),
        (Motif.Pineapple, "pineapple"),
        (Motif.Carrot, "carrot"),
        (Motif.Tomato, "tomato tomatoes"),
        (Motif.Avocado, "avocado"),
        (Motif.Croissant, "croissant"),
        (Motif.Cookie, "cookie cookies biscuit"),
        (Motif.Fries, "fries french_fries"),
        (Motif.HotDog, "hot_dog hotdog"),
        (Motif.Sandwich, "sandwich sandwiches"),
        (Motif.Pie, "pie apple_pie"),
        (Motif.Potion, "potion elixir"),
        (Motif.CrystalBall, "crystal_ball"),
        (Motif.Trophy, "trophy trophies"),
        (Motif.FingerRing, "ring wedding_ring engagement_ring"),
        (Motif.Spectacles, "sunglasses eyeglasses spectacles"),
        (Motif.Letter, "envelope love_letter"),
        (Motif.Pencil, "a_pencil pencils"),
        (Motif.Kite, "kite kites"),
        (Motif.Snowman, "snowman snowmen"),
        (Motif.Tractor, "tractor"),
        (Motif.FerrisWheel, "ferris_wheel"),
        (Motif.Umbrella, "umbrella umbrellas parasol"),
        (Motif.Sword, "sword swords katana excalibur"),
        (Motif.Shield, "shield shields"),
        (Motif.Ball, "ball football soccer_ball"),
        (Motif.Anchor, "anchor"),
        (Motif.Telescope, "telescope"),
        (Motif.Balloon, "hot_air_balloon hot_air_balloons airship zeppelin"),
        (Motif.Balloons, "balloon balloons"),

        (Motif.Forest, "forest wood woods woodland jungle rainforest grove trees pines pine taiga birch bamboo redwood redwoods orchard"),
        (Motif.Sea, "sea seas ocean oceans wave waves wavy surf coast coastline shore seascape bay harbor harbour lagoon tide"),
        (Motif.Lake, "lake lakes pond fjord reservoir marsh wetland"),
        (Motif.Mountain, "mountain mountains mountainous peak peaks alps alpine summit cliff cliffs hill hills canyon glacier highlands himalaya himalayas"),
        (Motif.Desert, "desert deserts dune dunes sahara sand sandy oasis savanna savannah wasteland mars"),
        (Motif.City, "city cities skyline street streets downtown town skyscrapers metropolis urban tokyo york paris london alley buildings cityscape cyberpunk"),
        (Motif.Meadow, "meadow meadows field fields grass grassland countryside prairie pasture park valley farm vineyard vineyards terraces hillside"),
        (Motif.Snowfield, "tundra arctic antarctic snowfield ice"),
        (Motif.Space, "space galaxy galaxies nebula cosmos cosmic universe planet planets outer_space orbit saturn jupiter"),

        // Animals.
        (Motif.PolarBear, "polar_bear polar_bears"),
        (Motif.Panda, "panda pandas panda_bear"),
        (Motif.Hound, "puppy puppies hound retriever golden_retriever labrador spaniel beagle poodle"),
        (Motif.Lion, "lion lions lioness"),
        (Motif.Tiger, "tiger tigers"),
        (Motif.Leopard, "leopard leopards cheetah cheetahs jaguar jaguars lynx"),
        (Motif.Bear, "bear bears grizzly"),
        (Motif.Rabbit, "rabbit rabbits bunny bunnies hare hares"),
        (Motif.Unicorn, "unicorn unicorns"),
        (Motif.Zebra, "zebra zebras"),
        (Motif.Cow, "cow cows bull bulls ox calf cattle"),
        (Motif.Sheep, "sheep lamb lambs ram"),
        (Motif.Goat, "goat goats ibex"),
        (Motif.Pig, "pig pigs piglet boar"),
        (Motif.Giraffe, "giraffe giraffes"),
        (Motif.Elephant, "elephant elephants mammoth"),
        (Motif.Owl, "owl owls"),
        (Motif.Raven, "raven ravens crow crows blackbird magpie"),
        (Motif.Parrot, "parrot parrots macaw cockatoo"),
        (Motif.Sparrow, "sparrow finch wren"),
        (Motif.Robin, "robin"),
        (Motif.Songbird, "songbird bluebird cardinal canary kingfisher hummingbird pigeon dove nightingale"),
        (Motif.Swan, "swan swans"),
        (Motif.Duck, "duck ducks duckling ducklings goose mallard"),
        (Motif.Koi, "koi carp koi_fish"),
        (Motif.Fish, "fish fishes goldfish trout salmon clownfish"),
        (Motif.Whale, "whale whales orca"),
        (Motif.Shark, "shark sharks"),
        (Motif.Dolphin, "dolphin dolphins"),
        (Motif.Snake, "snake snakes serpent cobra python viper"),
        (Motif.Turtle, "turtle turtles tortoise"),
        (Motif.Frog, "frog frogs toad"),
        (Motif.Dragon, "dragon dragons wyvern"),
        (Motif.Robot, "robot robots android cyborg mech droid"),
        (Motif.Dog, "dog dogs husky huskies corgi shepherd"),
        (Motif.Wolf, "wolf wolves coyote"),
        (Motif.Fox, "fox foxes"),
        (Motif.Cat, "cat cats kitten kitty kittens panther tabby"),
        (Motif.Horse, "horse horses stallion mare pony foal mustang"),
        (Motif.Deer, "deer stag elk moose antelope reindeer"),
        (Motif.Bird, "bird birds seagull seagulls eagle hawk swallow swallows geese heron crane cranes"),
        (Motif.Butterfly, "butterfly butterflies moth"),
        (Motif.Person, "person face portrait child kid toddler teenager silhouette stranger"),
        (Motif.Woman, "woman women lady girlfriend mother bride grandmother grandma nun businesswoman"),
        (Motif.Man, "man men gentleman father groom grandfather grandpa businessman guy"),
        (Motif.Girl, "girl schoolgirl daughter"),
        (Motif.Boy, "boy schoolboy"),
        (Motif.King, "king prince emperor"),
        (Motif.Queen, "queen empress"),
        (Motif.Princess, "princess princesses"),
        (Motif.Wizard, "wizard sorcerer mage magician"),
        (Motif.Witch, "witch witches sorceress"),
        (Motif.Knight, "knight paladin crusader"),
        (Motif.Samurai, "samurai ronin shogun"),
        (Motif.Astronaut, "astronaut cosmonaut spaceman"),
        (Motif.Dancer, "dancer ballerina ballet_dancer"),
        (Motif.Musician, "musician guitarist singer bard violinist"),
        (Motif.Monk, "monk priest hermit"),
        (Motif.Fisherman, "fisherman fishermen sailor captain"),
        (Motif.Hiker, "hiker traveler traveller wanderer backpacker explorer mountaineer climber"),
        (Motif.Viking, "viking warrior barbarian soldier gladiator"),
        (Motif.Pirate, "pirate buccaneer"),
        (Motif.Chef, "chef baker waiter"),
        (Motif.Cowboy, "cowboy cowgirl gunslinger"),
        (Motif.Farmer, "farmer gardener"),
        (Motif.Doctor, "doctor nurse scientist surgeon"),
        (Motif.Ninja, "ninja assassin"),
        (Motif.Fairy, "fairy fairies angel elf"),
        (Motif.Couple, "couple lovers"),
        (Motif.Crowd, "people crowd family friends children kids passersby pedestrians villagers"),
        (Motif.Flower, "flower flowers floral lavender orchid orchids bouquet bouquets blossom blossoms wildflower wildflowers bloom blooming lotus"),
        (Motif.Rose, "rose roses peony peonies camellia"),
        (Motif.Tulip, "tulip tulips lily lilies crocus"),
        (Motif.Daisy, "daisy daisies sunflower sunflowers chrysanthemum aster dahlia"),
        (Motif.Poppy, "poppy poppies anemone hibiscus"),
        (Motif.Tree, "tree oak maple willow cherry_blossom sakura palm baobab pine_tree fir_tree birch_tree palm_tree oak_tree maple_tree willow_tree cherry_tree cherry_blossom_tree bonsai"),
        (Motif.Grove, "palms willows oaks maples pine_trees fir_trees birch_trees palm_trees oak_trees maple_trees willow_trees cherry_trees cherry_blossom_trees cherry_blossoms"),
        (Motif.Castle, "castle palace fortress"),
        (Motif.Lighthouse, "lighthouse beacon"),
        (Motif.Boat, "boat boats sailboat sailing sail yacht fishing_boat"),
        (Motif.Path, "path paths road roads trail trails lane track footpath way highway"),
        (Motif.Cloud, "cloud clouds cloudy"),
        (Motif.Star, "star stars starry stardust constellation constellations milky_way night_sky starry_sky starry_night_sky starry_night"),
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
        (Season.Spring, "spring cherry_blossom cherry_tree cherry_trees cherry_blossom_tree cherry_blossom_trees sakura april"),
        (Season.Summer, "summer"));

    private static readonly FrozenDictionary<string, TreeKind> Trees = Table<TreeKind>(
        (TreeKind.Oak, "oak oak_tree oak_trees baobab"),
        (TreeKind.Pine, "pine pine_tree pine_trees fir_tree fir_trees taiga redwood"),
        (TreeKind.Palm, "palm palm_tree palm_trees"),
        (TreeKind.Willow, "willow willow_tree willow_trees"),
        (TreeKind.Birch, "birch birch_tree birch_trees"),
        (TreeKind.Cherry, "cherry_blossom cherry_tree cherry_trees cherry_blossom_tree cherry_blossom_trees sakura"),
        (TreeKind.Maple, "maple maple_tree maple_trees"),
        (TreeKind.Bamboo, "bamboo"));

    private static readonly FrozenDictionary<string, Pose> Poses = Table<Pose>(
        (Pose.Run, "running run galloping gallop racing sprinting leaping chasing hunting"),
        (Pose.Walk, "walking walk strolling wandering prowling"),
        (Pose.Sit, "sitting sits sit seated resting waiting"),
        (Pose.Stand, "standing stands stand grazing"),
        (Pose.Dance, "dancing dances dance"));

    private static readonly FrozenDictionary<string, float> Hues = Table<float>(
        (27, "red crimson scarlet ruby cardinal"),
        (60, "orange amber copper goldfish"),
        (100, "yellow golden gold canary"),
        (145, "green emerald"),
        (195, "teal turquoise cyan"),
        (258, "blue azure cobalt navy bluebird kingfisher"),
        (305, "purple violet lavender lilac"),
        (355, "pink magenta rose"));

    private static readonly FrozenDictionary<string, float> Greys = Table<float>((0.25f, "black"), (0.95f, "white"), (0.62f, "grey gray silver"));

    private static readonly FrozenSet<string> Marks =
        "logo logos emblem icon badge crest monogram wordmark logotype brand branding".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<Motif> PlaceMotifs = ((Motif[])
    [
        Motif.Forest, Motif.Sea, Motif.Lake, Motif.Mountain, Motif.Desert, Motif.City, Motif.Meadow, Motif.Snowfield, Motif.Space,
        Motif.Beach, Motif.Island, Motif.River, Motif.Waterfall, Motif.Volcano, Motif.Cave, Motif.Market, Motif.Village, Motif.Garden, Motif.RiceField, Motif.Underwater, Motif.Lunar, Motif.Stage,
        .. Interior.Rooms,
    ]).ToFrozenSet();

    // Phrases that are no thing, though their words are.
    private static readonly FrozenSet<string> Figurative =
        "negative_space breathing_room jewel_tones comic_book stained_glass low_key high_key still_life table_top family_of crowd_of".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // What belongs to the air is asked for by name, but never makes a picture by itself except through the sky it hangs in.
    private static readonly FrozenSet<Motif> AirMotifs = new[]
    {
        Motif.Cloud, Motif.Star, Motif.Moon, Motif.Sun, Motif.Rain, Motif.Snow, Motif.Mist, Motif.Lettering, Motif.Border, Motif.Rainbow, Motif.Aurora,
    }.ToFrozenSet();

    /// <param name="text">The prompt's text, without parameters.</param>
    /// <param name="avoid">What to keep out, in the words of prompts.</param>
    public static Scene Read(string text, IReadOnlyList<string> avoid)
    {
        var avoided = avoid.SelectMany(phrase => Terms(Words(phrase))).Where(Motifs.ContainsKey).Select(term => Motifs[term]).ToHashSet();
        var lettering = Quoted(text);
        var words = Words(lettering is null ? text : text.Replace(lettering, " ", StringComparison.Ordinal));
        var terms = Terms(words);

        var traits = TraitReader.Read(terms, IsPerson, Motifs.ContainsKey, term => IsPerson(term) && People.IsPlain(Motifs[term]));
        var named = Named(terms, ref traits).Where(motif => !avoided.Contains(motif)).ToList();

        // A kind of flower is flowers.
        if (named.Exists(motif => motif is Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy))
        {
            named = avoided.Contains(Motif.Flower) ? [.. named.Where(motif => motif is not (Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy))] : [.. named.Append(Motif.Flower).Distinct()];
        }

        var places = named.Where(PlaceMotifs.Contains).ToList();
        var figures = named.Where(motif => !PlaceMotifs.Contains(motif) && motif is not (Motif.Lettering or Motif.Border)).ToList();

        // Where an astronaut is, the moon is the ground.
        if (figures.Contains(Motif.Astronaut) && figures.Remove(Motif.Moon) && !places.Contains(Motif.Lunar))
        {
            places.Add(Motif.Lunar);
        }

        var isLogo = terms.Any(Marks.Contains);
        var pose = Poses.TryFirst(terms);
        var isPortrait = figures.Exists(People.Knows)
            && ((places.Count == 0 && pose is null && figures.TrueForAll(figure => !People.Knows(figure) || People.IsPlain(figure)) && !figures.Exists(figure => figure is Motif.Bridge or Motif.Path or Motif.Castle or Motif.Lighthouse or Motif.Boat or Motif.Balloon || Things.Find(figure) is { IsWorn: false })) || terms.Any(term => term is "portrait" or "face" or "headshot"));

        var isPlaceless = places.Count == 0;
        places = Grounded(places, figures);
        return new(
            KindOf(isLogo, isPortrait, isPlaceless, places, figures),
            places,
            figures,
            Times.TryFirst(terms),
            Seasons.TryFirst(terms) ?? Season.Summer,
            avoided.Contains(Motif.Lettering) ? null : lettering ?? (isLogo ? Called(words) : null),
            isLogo ? !HasOtherGround(words) : words.Contains(White) && terms.Any(term => term is "background" or "backdrop"),
            avoided,
            Hues.TryFirst([.. terms.Where((_, at) => !traits.Taken.Contains(at))]))
        {
            Grey = GreyOf([.. terms.Select((term, at) => traits.Taken.Contains(at) ? "" : term)], figures),
            Pose = figures.Exists(People.Knows) && Rides(terms) ? Pose.Ride : pose,
            Trees = Trees.TryFirst(terms),
            Several = terms.Where(term => term[^1] == 's' || term is "wolves" or "geese").Where(Motifs.ContainsKey).Select(term => Motifs[term]).Where(Creatures.Knows).ToHashSet(),
            Traits = traits,
        };
    }

    // What the prompt names, once each. "A woman warrior" and "a portrait of a king" are one person.
    private static List<Motif> Named(List<string> terms, ref Traits traits)
    {
        var named = new List<Motif>();
        foreach (var (i, term) in terms.Index())
        {
            if (!Motifs.TryGetValue(term, out var motif))
            {
                continue;
            }

            if (People.IsPlain(motif) && i + 1 < terms.Count && IsPerson(terms[i + 1]))
            {
                traits = traits with { IsMan = motif == Motif.Person ? null : motif is Motif.Man or Motif.Boy, Age = traits.Age ?? (motif is Motif.Girl or Motif.Boy ? Age.Child : null) };
            }
            else if (!named.Contains(motif))
            {
                named.Add(motif);
            }
        }

        if (named.Count(People.Knows) > 1)
        {
            named.Remove(Motif.Person);
        }

        return named;
    }

    // "riding a horse", "on a white horse".
    private static bool Rides(List<string> terms)
    {
        var horse = terms.FindIndex(term => Motifs.TryGetValue(term, out var motif) && motif == Motif.Horse);
        return horse > 0 && terms.Take(horse).TakeLast(3).Any(term => term is "on" or "riding" or "rides");
    }

    private static bool IsPerson(string term) => Motifs.TryGetValue(term, out var motif) && People.Knows(motif);

    // "a black car", "a white wooden house": of a figure, not of the ground or the medium.
    private static float? GreyOf(List<string> terms, List<Motif> figures)
    {
        bool IsFigure(int at) => at < terms.Count && Motifs.TryGetValue(terms[at], out var motif) && figures.Contains(motif);
        foreach (var (i, term) in terms.Index())
        {
            if (Greys.TryGetValue(term, out var grey) && (IsFigure(i + 1) || (i + 1 < terms.Count && terms[i + 1] is not ("and" or "background" or "backdrop") && IsFigure(i + 2))))
            {
                return grey;
            }
        }

        return null;
    }

    /// <summary>Whether a word or phrase, as <see cref="Terms"/> gives it, means something here: a thing, a time, a season, a colour or a mark.</summary>
    internal static bool IsKnown(string term) => IsPhrase(term) || Hues.ContainsKey(term) || Marks.Contains(term) || TraitReader.IsKnown(term);

    private static SceneKind KindOf(bool isLogo, bool isPortrait, bool isPlaceless, List<Motif> places, List<Motif> figures)
    {
        if (isLogo)
        {
            return SceneKind.Logo;
        }

        if (isPortrait)
        {
            return SceneKind.Portrait;
        }

        if (figures.Contains(Motif.Flower) && isPlaceless && figures.All(figure => figure is Motif.Flower or Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy or Motif.Butterfly || AirMotifs.Contains(figure)))
        {
            return SceneKind.Bouquet;
        }

        if (figures.Exists(Things.IsOnTable) && places.TrueForAll(Interior.Rooms.Contains)
            && figures.TrueForAll(figure => Things.IsOnTable(figure) || AirMotifs.Contains(figure) || figure is Motif.Table or Motif.Flower or Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy))
        {
            return SceneKind.StillLife;
        }

        if (places.Exists(Interior.Rooms.Contains))
        {
            return SceneKind.Interior;
        }

        return places.Count > 0 || figures.Count > 0 ? SceneKind.Landscape : SceneKind.Abstract;
    }

    // A figure without a place gets the one it is usually met in, and a place what belongs to it.
    private static List<Motif> Grounded(List<Motif> places, List<Motif> figures)
    {
        if (places.Count == 0 && figures.Count > 0)
        {
            places.Add(HomeOf(figures));
        }

        foreach (var (place, with) in (ReadOnlySpan<(Motif, Motif)>)[(Motif.Beach, Motif.Sea), (Motif.Island, Motif.Sea), (Motif.Volcano, Motif.Mountain), (Motif.Village, Motif.Path)])
        {
            if (places.Contains(place) && !places.Contains(with))
            {
                (with == Motif.Path ? figures : places).Add(with);
            }
        }

        return places;
    }

    private static Motif HomeOf(List<Motif> figures)
    {
        // A bridge needs its river; what is too large for a room keeps the others outdoors, and what is only met in a room takes
        // them there.
        if (figures.Contains(Motif.Bridge))
        {
            return Motif.River;
        }

        var hasPerson = figures.Exists(People.Knows);
        var things = figures.Where(figure => !hasPerson || !Things.IsHeld(figure)).Select(Things.Find).OfType<Thing>().Where(thing => !thing.IsWorn).ToList();
        return (things.Find(thing => thing.Standing is not (Standing.Floor or Standing.Table)) ?? things.FirstOrDefault())?.Home
            ?? Things.Find(figures[0])?.Home
            ?? figures[0] switch
            {
                Motif.Boat or Motif.Lighthouse => Motif.Sea,
                Motif.Wolf or Motif.Deer or Motif.Fox or Motif.Bear or Motif.Owl or Motif.Raven or Motif.Parrot or Motif.Sparrow or Motif.Robin or Motif.Songbird or Motif.Snake => Motif.Forest,
                Motif.Dragon => Motif.Mountain,
                Motif.PolarBear => Motif.Snowfield,
                Motif.Castle or Motif.Balloon or Motif.Samurai or Motif.Monk or Motif.Hiker or Motif.Viking => Motif.Mountain,
                Motif.Wizard or Motif.Witch or Motif.Ninja or Motif.Fairy => Motif.Forest,
                Motif.Musician => Motif.City,
                Motif.Astronaut => Motif.Lunar,
                Motif.Dancer => Motif.Stage,
                Motif.Fisherman or Motif.Swan or Motif.Duck or Motif.Koi or Motif.Frog => Motif.Lake,
                Motif.Fish or Motif.Whale or Motif.Shark => Motif.Underwater,
                Motif.Dolphin => Motif.Sea,
                Motif.Turtle => Motif.Beach,
                Motif.Pirate => Motif.Beach,
                Motif.Cowboy => Motif.Desert,
                Motif.Chef => Motif.Kitchen,
                Motif.Doctor => Motif.Room,
                _ => Motif.Meadow,
            };
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

    internal static List<string> Words(string text)
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
    internal static List<string> Terms(List<string> words)
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

    private static bool IsPhrase(string term) => Figurative.Contains(term) || Motifs.ContainsKey(term) || Times.ContainsKey(term) || Seasons.ContainsKey(term);

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

    internal static FrozenDictionary<string, T> Table<T>(params ReadOnlySpan<(T Meaning, string Words)> rows)
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (meaning, words) in rows)
        {
            foreach (var word in words.Split(' '))
            {
                // A word in two rows is a mistake: the later row would never be read.
                table.Add(word, meaning);
            }
        }

        // The plurals that no row lists.
        foreach (var (word, meaning) in table.ToList())
        {
            table.TryAdd(word + "s", meaning);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

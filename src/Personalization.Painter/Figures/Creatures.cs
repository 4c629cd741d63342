namespace Personalization.Painter.Figures;

/// <summary>Animals and beings, each drawn by the class of its build.</summary>
internal static class Creatures
{
    public static bool Knows(Motif figure) => IsQuadruped(figure) || IsPerched(figure) || IsAfloat(figure) || figure is Motif.Dragon or Motif.Robot or Motif.Snake or Motif.Turtle or Motif.Frog;

    /// <summary>Whether it is met in the water.</summary>
    public static bool IsAfloat(Motif figure) => IsSwimmer(figure) || figure is Motif.Swan or Motif.Duck;

    /// <param name="small">The side, in pixels, of a picture that it stands in alone.</param>
    /// <param name="asked">What it is to do; null leaves it to style and chance.</param>
    /// <param name="rider">A person on its back.</param>
    /// <param name="which">Which of several of its kind, each with a coat of its own.</param>
    public static void Paint(Easel easel, Motif creature, float x, float foot, float small, Pose? asked, Motif? rider = null, int which = 0)
    {
        var random = easel.Random.Fork(creature.ToString());
        random = which == 0 ? random : random.Fork(which);
        switch (creature)
        {
            case var swimmer when IsSwimmer(swimmer):
                Swimmers(easel, swimmer, x, small, random);
                return;
            case Motif.Swan or Motif.Duck:
                var isSwan = creature == Motif.Swan;
                for (var i = isSwan ? 0 : 2; i >= 0; i--)
                {
                    // Ducks swim in a group.
                    var wide = small * (isSwan ? 0.31f : 0.24f - (0.05f * i));
                    using var canvas = new FigureCanvas(easel, Within(easel, x + (i * 1.5f * wide * (i % 2 == 0 ? 1 : -1)), wide, wide), easel.Scene.Has(Motif.Lake) || easel.Scene.Has(Motif.Sea) || easel.Scene.Has(Motif.River) ? easel.Height * (0.8f - (0.06f * i)) : foot, wide, easel.Lean);
                    new Waterfowl(canvas, creature, random.Fork(i)).Paint();
                }

                return;
            case Motif.Snake or Motif.Turtle or Motif.Frog:
                var length = small * (creature == Motif.Frog ? 0.3f : 0.28f);
                using (var canvas = new FigureCanvas(easel, Within(easel, x, length * 1.2f, length * 1.2f), foot, length, easel.Lean))
                {
                    new SmallAnimal(canvas, creature, random).Paint();
                }

                return;
            case var perched when IsPerched(perched):
                using (var canvas = new FigureCanvas(easel, x, foot, small * 0.62f, easel.Lean))
                {
                    new PerchedBird(canvas, creature, random).Paint();
                }

                return;
            case Motif.Dragon:
                var unit = small * 0.36f;
                using (var canvas = new FigureCanvas(easel, Within(easel, x, unit * 1.2f, unit * 1.55f), foot, unit, easel.Lean))
                {
                    new Dragon(canvas, random).Paint();
                }

                return;
            case Motif.Robot:
                using (var canvas = new FigureCanvas(easel, x, foot, small * 0.56f, easel.Lean))
                {
                    new Robot(canvas, random).Paint();
                }

                return;
            default:
                Quadruped(easel, creature, x, foot, small, asked, random, rider);
                return;
        }
    }

    private static bool IsPerched(Motif figure) => figure is Motif.Owl or Motif.Raven or Motif.Parrot or Motif.Sparrow or Motif.Robin or Motif.Songbird;

    private static bool IsSwimmer(Motif figure) => figure is Motif.Fish or Motif.Koi or Motif.Whale or Motif.Shark or Motif.Dolphin;

    // Below the surface in the middle of the picture, in a pond seen from above, and at sea with the back out of the water.
    private static void Swimmers(Easel easel, Motif animal, float x, float small, SeededRandom random)
    {
        var scene = easel.Scene;
        var unit = small * Swimmer.SizeOf(animal);
        if (animal == Motif.Koi || (animal == Motif.Fish && !scene.Has(Motif.Underwater)))
        {
            for (var i = 0; i < 3 + easel.Look.Many(2); i++)
            {
                var each = random.Fork(i);
                var t = i / (float)(2 + easel.Look.Many(2));
                var (across, down) = (easel.Width * (0.18f + (0.64f * ((i * 0.618f) + 0.3f) % 0.64f) + each.Between(-0.04f, 0.04f)), easel.Height * (scene.Has(Motif.Underwater) ? 0.3f + (0.4f * t) : 0.66f + (0.24f * t)));
                using var pond = new FigureCanvas(easel, across, down, unit * (0.34f + (0.3f * t)), i % 2 == 0 ? 1 : -1);
                pond.At(0, 0, 1, each.Between(-28, 28), () => new Swimmer(pond, animal, each).PaintFromAbove());
            }

            return;
        }

        var isBelow = scene.Has(Motif.Underwater);
        var y = easel.Height * (isBelow ? 0.48f : 0.68f);
        easel.Canvas.Save();
        if (!isBelow)
        {
            easel.Canvas.ClipRect(new(0, 0, easel.Width, y + (unit * 0.06f)));
        }

        using (var canvas = new FigureCanvas(easel, Within(easel, x, unit * 1.1f, unit * 1.4f), y, unit, easel.Lean))
        {
            canvas.At(0, 0, 1, isBelow ? -6 : animal == Motif.Whale ? -14 : -26, () => new Swimmer(canvas, animal, random).Paint());
        }

        easel.Canvas.Restore();
        if (!isBelow)
        {
            Spray(easel, x, y, unit, random.Fork("spray"));
        }
    }

    // Foam where an animal breaks the surface.
    private static void Spray(Easel easel, float x, float y, float unit, SeededRandom random)
    {
        for (var i = 0; i < easel.Look.Many(70); i++)
        {
            var each = random.Fork(i);
            easel.Oval(x + (each.Bell() * unit * 0.55f), y + (unit * each.Between(-0.1f, 0.12f)), unit * each.Between(0.02f, 0.09f), unit * each.Between(0.012f, 0.035f), easel.Light.On(new(0.97f, -0.01f, -0.01f), 0.05f, 0.2f).Colour(0.7f));
        }
    }

    private static bool IsQuadruped(Motif figure) =>
        figure is Motif.Dog or Motif.Hound or Motif.Wolf or Motif.Fox or Motif.Cat or Motif.Horse or Motif.Deer or Motif.Lion or Motif.Tiger or Motif.Leopard or Motif.Bear or Motif.PolarBear
            or Motif.Panda or Motif.Rabbit or Motif.Unicorn or Motif.Zebra or Motif.Cow or Motif.Sheep or Motif.Goat or Motif.Pig or Motif.Giraffe or Motif.Elephant;

    private static void Quadruped(Easel easel, Motif animal, float x, float foot, float small, Pose? asked, SeededRandom random, Motif? rider)
    {
        var breed = Breed.Of(animal, random, easel.Scene);
        var pose = PoseOf(breed, asked, easel.Look, random.Fork("pose"));
        if (pose == Pose.Sit)
        {
            using var seat = new FigureCanvas(easel, x, foot, small * (0.34f + (0.17f * breed.Size)), easel.Lean);
            new SittingAnimal(seat, breed, random).Paint();
            return;
        }

        var size = small * 0.36f * MathF.Sqrt(breed.Size / MathF.Max(1, breed.Head.Up / 1.5f));
        var ahead = breed.Body + breed.Head.Ahead + breed.Muzzle + (breed.HasTrunk ? 0.5f : 0.05f);
        var middle = Within(easel, x, size * ahead, size * (breed.Body + 0.6f));
        using (var canvas = new FigureCanvas(easel, middle, foot, size, easel.Lean))
        {
            new Quadruped(canvas, breed, random, pose).Paint();
        }

        if (rider is { } person)
        {
            // In the saddle: the hips a little above the back.
            var tall = 1.15f * size;
            People.Paint(easel, person, middle - (0.02f * size * easel.Lean), foot - (1.04f * size) + (0.49f * tall), tall, Pose.Ride);
        }
    }

    // Moved so that neither head nor tail is cut off at the picture's edge.
    private static float Within(Easel easel, float x, float ahead, float behind)
    {
        var (left, right) = easel.Lean > 0 ? (behind, ahead) : (ahead, behind);
        var (low, high) = (left + (0.03f * easel.Width), (easel.Width * 0.97f) - right);
        return low > high ? (low + high) / 2 : Math.Clamp(x, low, high);
    }

    // What is not asked for follows the style: a moving picture has it run, a calm one has it sit.
    private static Pose PoseOf(Breed breed, Pose? asked, Look look, SeededRandom random)
    {
        if (breed.Ear == Breed.Ears.Long)
        {
            return Pose.Sit;
        }

        var pose = asked ?? (look.Dynamism > 0.4f ? Pose.Run : random.Happens(0.55f) ? Pose.Sit : Pose.Walk);
        return pose switch
        {
            Pose.Ride or Pose.Dance => Pose.Walk,
            Pose.Sit when !breed.Sits => Pose.Stand,
            Pose.Run when breed.Foot == Breed.Feet.Column => Pose.Walk,
            _ => pose,
        };
    }
}

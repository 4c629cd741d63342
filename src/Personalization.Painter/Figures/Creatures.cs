namespace Personalization.Painter.Figures;

/// <summary>Animals and beings, each drawn by the class of its build.</summary>
internal static class Creatures
{
    public static bool Knows(Motif figure) => IsQuadruped(figure) || figure is Motif.Owl or Motif.Raven or Motif.Parrot or Motif.Dragon or Motif.Robot;

    /// <param name="small">The side, in pixels, of a picture that it stands in alone.</param>
    /// <param name="asked">What it is to do; null leaves it to style and chance.</param>
    /// <param name="rider">A person on its back.</param>
    public static void Paint(Easel easel, Motif creature, float x, float foot, float small, Pose? asked, Motif? rider = null)
    {
        var random = easel.Random.Fork(creature.ToString());
        switch (creature)
        {
            case Motif.Owl or Motif.Raven or Motif.Parrot:
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

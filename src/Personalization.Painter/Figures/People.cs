namespace Personalization.Painter.Figures;

/// <summary>Persons by role, and how they are put into a picture.</summary>
internal static class People
{
    /// <summary>Height of an adult, as a share of the smaller side of a picture that they stand in alone.</summary>
    public const float Tall = 0.58f;

    public static bool Knows(Motif figure) => figure is >= Motif.Person and <= Motif.Crowd;

    /// <summary>Whether it is a person without a role, who can be any.</summary>
    public static bool IsPlain(Motif figure) => figure is >= Motif.Person and <= Motif.Boy;

    /// <param name="tall">Height of a man, in pixels.</param>
    /// <param name="asked">What they are to do; null leaves it to style and chance.</param>
    /// <returns>The height, in pixels, of the last person painted.</returns>
    public static float Paint(Easel easel, Motif role, float x, float foot, float tall, Pose? asked)
    {
        var random = easel.Random.Fork(role.ToString());
        if (role is not (Motif.Couple or Motif.Crowd))
        {
            return One(easel, role, random, x, foot, tall, asked);
        }

        // Of a couple the first two, of a crowd all, every second one further back.
        ReadOnlySpan<Motif> kinds = [Motif.Man, Motif.Woman, Motif.Girl, Motif.Woman, Motif.Man];
        var count = role == Motif.Couple ? 2 : kinds.Length;
        for (var i = count - 1; i >= 0; i--)
        {
            var back = count > 2 ? i % 2 * 0.12f : 0;
            _ = One(easel, kinds[i], random.Fork(i), x + (tall * 0.33f * (i - ((count - 1) / 2f))), foot - (back * tall), tall * (1 - (0.4f * back)), asked);
        }

        return tall;
    }

    private static float One(Easel easel, Motif role, SeededRandom random, float x, float foot, float tall, Pose? asked)
    {
        var isFirst = easel.Scene.Figures.FirstOrDefault(Knows) == role;
        var person = Character.Of(role, random, easel.Scene, isFirst);
        var holds = person.Costume.Tool != Costume.Tools.None || (isFirst && easel.Scene.Figures.Any(Things.IsHeld));
        var pose = asked ?? (person.Costume.Bottom == Costume.Bottoms.Tutu ? Pose.Dance
            : easel.Look.Dynamism > 0.5f && !holds ? Pose.Run
            : easel.Look.Dynamism > 0 || random.Fork("pose").Happens(0.4f) ? Pose.Walk
            : Pose.Stand);
        using var canvas = new FigureCanvas(easel, x, foot, person.IsMan || person.IsChild ? tall : tall * person.Tall, easel.Lean);
        new Person(canvas, person, random.Fork("body"), pose, holds).Paint();
        return tall * person.Tall;
    }
}

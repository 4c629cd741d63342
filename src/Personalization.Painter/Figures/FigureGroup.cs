namespace Personalization.Painter.Figures;

/// <summary>Puts the figures of a prompt into its landscape: where each stands and how large.</summary>
internal static class FigureGroup
{
    // Each of a scene's figures stands this far from its middle, as a share of the width.
    private static readonly float[] Aside = [0, -0.3f, 0.26f, -0.16f, 0.4f, 0.12f];

    public static void Paint(Easel easel, float horizon)
    {
        var scene = easel.Scene;
        var random = easel.Random.Fork("company");
        var small = MathF.Min(easel.Height, easel.Width * 0.9f);

        // Opposite the light and nearer the edge when the picture moves; nearer the middle when it is calm.
        var aside = -MathF.Sign(easel.Light.X - (easel.Width / 2)) * (0.07f + (0.05f * easel.Look.Dynamism));

        // The first named has the best place; the farthest is painted first.
        var rider = scene.Pose == Pose.Ride && scene.Has(Motif.Horse) ? scene.Figures.FirstOrDefault(People.Knows, Motif.Border) : Motif.Border;
        var standing = scene.Figures.Where(figure => Stands(figure) && figure != rider).ToList();
        (float X, float Foot, float Tall)? person = null;
        foreach (var figure in standing.OrderBy(Things.Nearness))
        {
            easel.ThrowIfCancelled();
            var place = standing.IndexOf(figure);
            var x = easel.Width * (0.5f + aside + (Aside[Math.Min(place, Aside.Length - 1)] * (aside < 0 ? -1 : 1)));
            var land = horizon + ((easel.Height - horizon) * 0.3f);
            switch (figure)
            {
                case var creature when Creatures.Knows(creature):
                    var company = standing.Count(Creatures.Knows);
                    for (var i = 2; i > 0 && scene.Several.Contains(creature) && !Creatures.IsAfloat(creature); i--)
                    {
                        // The others of its kind stand further back, on either side.
                        var away = (i == 1 ? 0.27f : -0.25f) * (aside < 0 ? 1 : -1) * easel.Width;
                        Creatures.Paint(easel, creature, x + away, easel.Height * (0.83f - (0.03f * i) - (0.04f * place)), small * (0.66f - (0.12f * i)), scene.Pose, which: i);
                    }

                    Creatures.Paint(easel, creature, x, easel.Height * (0.88f - (0.04f * place)), small * (company > 1 ? 0.8f : 1), scene.Pose, creature == Motif.Horse && rider != Motif.Border ? rider : null);
                    break;
                case Motif.Bird:
                    Winged.Bird(easel, x, easel.Height * 0.36f, small * 0.19f);
                    Winged.Flock(easel, easel.Width - x, easel.Height * 0.2f, easel.Look.Many(6), easel.Unit * 13);
                    break;
                case Motif.Butterfly:
                    for (var i = 0; i < easel.Look.Many(4); i++)
                    {
                        var each = random.Fork(i);
                        Winged.Butterfly(easel, each, each.Between(0.12f, 0.88f) * easel.Width, each.Between(0.3f, 0.8f) * easel.Height, easel.Unit * each.Between(14, 34));
                    }

                    break;
                case var role when People.Knows(role):
                    var persons = standing.Count(People.Knows);
                    var tall = small * People.Tall * (persons > 1 ? 0.86f : 1) * (role == Motif.Crowd ? 0.8f : 1);
                    var ground = easel.Height * (0.91f - (0.02f * place));
                    person = (x, ground, People.Paint(easel, role, x, ground, tall, scene.Pose == Pose.Ride ? null : scene.Pose));
                    break;
                case var carried when person is not null && Costume.ToolOf(carried) != Costume.Tools.None:
                    break;
                case var held when person is { } holder && Things.IsHeld(held):
                    Things.Hold(easel, held, holder.X, holder.Foot, holder.Tall);
                    break;
                case Motif.Castle:
                    if (scene.Has(Motif.Island))
                    {
                        var (middle, shore) = Layers.Waters.IslandAt(easel, horizon);
                        Structures.Castle(easel, middle, shore - (easel.Height * 0.04f), small * 0.12f);
                        break;
                    }

                    Knoll(easel, x, land + (easel.Height * 0.05f), small * 0.3f);
                    Structures.Castle(easel, x, land + (easel.Height * 0.015f), small * 0.15f);
                    break;
                case Motif.Lighthouse:
                    Structures.Lighthouse(easel, scene.Has(Motif.Island) ? Layers.Waters.IslandAt(easel, horizon).X : x, land + (easel.Height * 0.04f), small * 0.18f);
                    break;
                case Motif.Boat:
                    Structures.Boat(easel, x, land + (easel.Height * 0.1f), small * 0.15f);
                    break;
                case Motif.Balloon:
                    for (var i = 0; i < Math.Max(1, easel.Look.Many(3)); i++)
                    {
                        var each = random.Fork(50 + i);
                        var size = small * (i == 0 ? 0.15f : each.Between(0.035f, 0.08f));
                        Structures.Balloon(easel, each, i == 0 ? x : each.Between(0.08f, 0.92f) * easel.Width, (i == 0 ? 0.32f : each.Between(0.12f, 0.48f)) * easel.Height, size);
                    }

                    break;
                case Motif.Tree:
                    Layers.Trees.PaintAlone(easel, random.Fork("tree"), x, easel.Height * 0.86f, small * 0.7f);
                    break;
                case Motif.Grove:
                    Layers.Trees.PaintFew(easel, small);
                    break;
                default:
                    Things.TryPaint(easel, figure, place, x, horizon);
                    break;
            }
        }

        // A few birds give a plain view its scale; a minimal one goes without.
        if (!scene.Has(Motif.Bird) && !scene.Has(Motif.Underwater) && scene.Allows(Motif.Bird) && !easel.Light.IsDark && easel.Look.Ornament > -0.45f && random.Happens(0.6f))
        {
            Winged.Flock(easel, easel.Width - easel.Light.X, easel.Height * 0.24f, easel.Look.Loose(4), easel.Unit * 9);
        }
    }

    /// <summary>Whether a figure can be drawn by itself, out of a landscape.</summary>
    public static bool CanPaintOne(Motif figure) => Things.Find(figure) is not null || Creatures.Knows(figure) || People.Knows(figure)
        || figure is Motif.Bird or Motif.Butterfly or Motif.Tree or Motif.Grove or Motif.Castle or Motif.Lighthouse or Motif.Boat or Motif.Balloon;

    /// <summary>One figure that is no <see cref="Thing"/> where a composition of its own wants it, at rest.</summary>
    /// <param name="small">The side, in pixels, of a picture in which it would have its usual size.</param>
    public static void PaintOne(Easel easel, Motif figure, float x, float foot, float small)
    {
        switch (figure)
        {
            case var creature when Creatures.Knows(creature):
                Creatures.Paint(easel, creature, x, foot, small, Pose.Sit);
                break;
            case Motif.Bird:
                Winged.Bird(easel, x, foot - (small * 0.2f), small * 0.19f);
                break;
            case Motif.Butterfly:
                Winged.Butterfly(easel, easel.Random.Fork("butterfly"), x, foot - (small * 0.3f), small * 0.08f);
                break;
            case var role when People.Knows(role):
                People.Paint(easel, role, x, foot, small * 0.5f, easel.Scene.Pose ?? Pose.Stand);
                break;
            case Motif.Tree or Motif.Grove:
                Layers.Trees.Paint(easel, easel.Random.Fork("tree"), x, foot, small * 0.5f, 0.02f);
                break;
            case Motif.Castle:
                Structures.Castle(easel, x, foot, small * 0.1f);
                break;
            case Motif.Lighthouse:
                Structures.Lighthouse(easel, x, foot, small * 0.1f);
                break;
            case Motif.Boat:
                Structures.Boat(easel, x, foot - (small * 0.03f), small * 0.1f);
                break;
            case Motif.Balloon:
                Structures.Balloon(easel, easel.Random.Fork("balloon"), x, foot - (small * 0.5f), small * 0.1f);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether something stands so near that it needs ground under it.</summary>
    public static bool IsOnGround(Scene scene) =>
        scene.Figures.Any(figure => Stands(figure) && Things.Nearness(figure) > Things.Nearness(Motif.Boat));

    // What lies in the land or hangs in the air is painted with it.
    private static bool Stands(Motif figure) =>
        figure is not (Motif.Flower or Motif.Rose or Motif.Tulip or Motif.Daisy or Motif.Poppy or Motif.Path
            or Motif.Cloud or Motif.Star or Motif.Moon or Motif.Sun or Motif.Rain or Motif.Snow or Motif.Mist or Motif.Rainbow or Motif.Aurora);

    private static void Knoll(Easel easel, float x, float foot, float half)
    {
        var own = Layers.Ground.IsSnow(easel) ? new Pigment(0.92f, -0.005f, -0.015f)
            : easel.Scene.Has(Motif.Desert) ? Pigment.Of(0.7f, 0.09f, 65)
            : easel.Scene.Has(Motif.Sea) ? Pigment.Of(0.46f, 0.03f, 70) : Pigment.Of(0.5f, 0.09f, 130);
        using var hill = Easel.Curve([new(x - (half * 1.5f), foot + (half * 0.25f)), new(x - (half * 0.9f), foot), new(x, foot - (half * 0.2f)), new(x + (half * 0.9f), foot), new(x + (half * 1.5f), foot + (half * 0.25f))], closed: true);
        using var shader = Easel.Vertical(foot - (half * 0.2f), foot + (half * 0.25f), easel.Light.On(own, 0.3f, 0.3f).Colour(), easel.Light.On(own, 0.2f, -0.4f).Colour());
        easel.Fill(hill, shader);
    }
}

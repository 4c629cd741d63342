using Personalization.Painter.Figures;
using Personalization.Painter.Layers;
using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>A view into the distance: the places a prompt names, back to front, and the figures in them.</summary>
internal static class Landscape
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("landscape");
        var horizon = easel.Height * (random.Between(0.5f, 0.58f) + (easel.Scene.Has(Motif.Space) ? 0.16f : 0));
        var canvas = easel.Canvas;
        canvas.Save();
        Tilt(easel);
        var isOpen = false;
        if (easel.Scene.Has(Motif.Underwater))
        {
            Underwater.Paint(easel);
        }
        else if (easel.Scene.Has(Motif.Stage))
        {
            Backdrops.Stage(easel);
        }
        else if (easel.Scene.Has(Motif.Lunar))
        {
            Backdrops.Moon(easel, horizon);
        }
        else
        {
            isOpen = true;
            Sky.Paint(easel);
            easel.ThrowIfCancelled();
            Distance(easel, horizon, random);
            if (easel.Scene.Places is not [Motif.Space])
            {
                Land(easel, horizon);
            }
        }

        easel.ThrowIfCancelled();
        if (easel.Scene.Has(Motif.Path))
        {
            Ground.Path(easel, horizon);
        }

        if (easel.Scene.Has(Motif.Flower))
        {
            Blossoms.Field(easel, horizon + ((easel.Height - horizon) * 0.3f), 230);
        }

        easel.ThrowIfCancelled();
        canvas.Restore();
        if (isOpen)
        {
            Weather.Ground(easel, horizon);
        }

        FigureGroup.Paint(easel, horizon);
        if (easel.Scene.Has(Motif.Cave))
        {
            Cave.Paint(easel);
        }

        if (isOpen)
        {
            Weather.Paint(easel, horizon);
        }
    }

    // A moving picture stands at an angle; enlarged enough that no corner is bare.
    private static void Tilt(Easel easel)
    {
        var angle = 9f * Math.Max(0, easel.Look.Dynamism) * -easel.Lean;
        var grow = 1 + (0.13f * Math.Max(0, easel.Look.Dynamism));
        easel.Canvas.Translate(easel.Width / 2, easel.Height / 2);
        easel.Canvas.RotateDegrees(angle);
        easel.Canvas.Scale(grow);
        easel.Canvas.Translate(-easel.Width / 2, -easel.Height / 2);
    }

    private static void Distance(Easel easel, float horizon, SeededRandom random)
    {
        var scene = easel.Scene;
        if (scene.Has(Motif.Space))
        {
            Planet(easel, random.Fork("planet"));
        }

        var isAlone = scene.Places.Count == 1;
        if (scene.Has(Motif.Volcano))
        {
            Mountains.Volcano(easel, horizon + (0.05f * easel.Height), easel.Height * 0.36f);
        }
        else if (scene.Has(Motif.Waterfall))
        {
            // Its cliff hides what is behind.
        }
        else if (scene.Has(Motif.Mountain))
        {
            Mountains.Paint(easel, horizon + (0.02f * easel.Height), easel.Height * (isAlone ? 0.46f : 0.36f));
        }
        else if (!scene.Has(Motif.City) && !scene.Has(Motif.Space) && !scene.Has(Motif.Sea) && easel.Look.Ornament > -0.6f && random.Happens(0.55f))
        {
            Mountains.Paint(easel, horizon + (0.02f * easel.Height), easel.Height * 0.15f);
        }

        if (scene.Has(Motif.City))
        {
            Skyline.Paint(easel, horizon + (isAlone ? easel.Height * 0.08f : 0), easel.Height * (isAlone ? 0.52f : 0.36f), easel.Look.Detail < -0.5f ? 2 : 3);
        }
    }

    private static void Land(Easel easel, float horizon)
    {
        var scene = easel.Scene;
        if (scene.Has(Motif.Sea))
        {
            Sea.Paint(easel, horizon, 1.15f);
            if (scene.Has(Motif.Island))
            {
                Waters.Island(easel, horizon);
            }

            if (scene.Has(Motif.Beach) || scene.Figures.Any(figure => Things.Find(figure) is { Standing: var standing } && (standing is Standing.Ground or Standing.Table or Standing.Floor || (standing == Standing.Distance && !scene.Has(Motif.Island))) || (Creatures.Knows(figure) && !Creatures.IsAfloat(figure)) || People.Knows(figure) || figure is Motif.Path or Motif.Tree or Motif.Grove))
            {
                if (scene.Has(Motif.Mountain) && !scene.Has(Motif.Beach))
                {
                    Ground.Cliff(easel, horizon);
                }
                else
                {
                    Ground.Beach(easel, horizon);
                }
            }

            if (scene.Has(Motif.Beach))
            {
                Waters.Holiday(easel, horizon);
            }
        }
        else if (scene.Has(Motif.Waterfall))
        {
            Waters.Fall(easel, horizon);
            return;
        }
        else if (scene.Has(Motif.Lake) || (scene.Has(Motif.City) && scene.Has(Motif.Bridge)))
        {
            Sea.Paint(easel, horizon, 0.16f);
            if (FigureGroup.IsOnGround(scene))
            {
                Waters.Bank(easel);
            }
        }
        else if (scene.Has(Motif.Desert))
        {
            Ground.Dunes(easel, horizon);
        }
        else if (scene.Has(Motif.RiceField))
        {
            Fields.Rice(easel, horizon);
        }
        else if (scene.Has(Motif.Garden))
        {
            Fields.Garden(easel, horizon);
        }
        else if (scene.Has(Motif.Market))
        {
            Settlement.Market(easel, horizon);
            return;
        }
        else if (scene.Has(Motif.City) && !scene.Has(Motif.River))
        {
            Skyline.Street(easel, horizon + (easel.Height * 0.14f));
        }
        else if (scene.Has(Motif.Forest) && scene.Places.Count == 1)
        {
            Woods.Interior(easel, horizon);
            return;
        }
        else
        {
            Ground.Hills(easel, horizon);
        }

        if (scene.Has(Motif.River) && !scene.Has(Motif.Lake) && !scene.Has(Motif.Sea) && !scene.Has(Motif.City))
        {
            Waters.River(easel, horizon);
        }

        if (scene.Has(Motif.Village))
        {
            Settlement.Village(easel, horizon);
        }

        if (scene.Has(Motif.Forest))
        {
            if (scene.Has(Motif.Sea) || scene.Has(Motif.Lake))
            {
                Woods.Headland(easel, horizon);
            }
            else
            {
                Woods.Sides(easel, horizon);
            }
        }
        else if (scene.Has(Motif.Mountain) && scene.Allows(Motif.Tree) && !scene.Has(Motif.Desert) && !scene.Has(Motif.City))
        {
            Woods.Sides(easel, horizon);
        }
    }

    private static void Planet(Easel easel, SeededRandom random)
    {
        var noise = new Noise(random);
        var radius = easel.Unit * random.Between(45, 85) * (easel.Scene.Figures.Count == 0 ? 1.5f : 1);
        var (x, y) = (easel.Width - easel.Light.X + (random.Bell() * 0.03f * easel.Width), easel.Height * random.Between(0.26f, 0.4f));
        var hue = random.Between(0, 360);
        var (a, b) = (Pigment.Of(0.66f, 0.12f, hue), Pigment.Of(0.8f, 0.08f, hue + 45));
        using var disc = new SKPathBuilder();
        disc.AddCircle(x, y, radius);
        using var path = disc.Detach();
        easel.Glow(x, y, radius * 1.7f, a.Colour(0.5f));
        easel.Canvas.Save();
        easel.Canvas.ClipPath(path, antialias: true);
        var side = easel.Lean;
        easel.Field(SKRect.Create(x - radius, y - radius, 2 * radius, 2 * radius), 96, 96, (u, v) =>
        {
            var (dx, dy) = ((2 * u) - 1, (2 * v) - 1);
            var z = MathF.Sqrt(Math.Max(0, 1 - (dx * dx) - (dy * dy)));
            var lit = Math.Clamp((-0.75f * side * dx) - (0.35f * dy) + (0.55f * z), 0, 1);
            var band = noise.Cloud((dx / (z + 0.4f)) + 7, (dy * 4) + (dx * 0.5f), 4);
            return a.Mix(b, Math.Clamp((band - 0.3f) * 2.4f, 0, 1)).Mix(Pigment.Of(0.08f, 0.03f, 275), 1 - lit).Colour();
        });
        easel.Canvas.Restore();
        if (random.Happens(0.5f))
        {
            easel.Canvas.Save();
            easel.Canvas.Translate(x, y);
            easel.Canvas.RotateDegrees(-22 * side);
            for (var ring = 0; ring < 4; ring++)
            {
                using var arc = new SKPathBuilder();
                var reach = radius * (1.45f + (0.13f * ring));
                arc.AddArc(new(-reach, -reach * 0.27f, reach, reach * 0.27f), -14, 208);
                using var band = arc.Detach();
                easel.Stroke(band, b.Colour(0.7f - (0.13f * ring)), radius * 0.07f);
            }

            easel.Canvas.Restore();
        }
    }
}

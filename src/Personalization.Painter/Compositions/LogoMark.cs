using Personalization.Painter.Figures;
using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>A mark and its lettering on an even ground.</summary>
internal static class LogoMark
{
    public static void Paint(Easel easel)
    {
        var random = easel.Random.Fork("logo");
        var isOnWhite = easel.Scene.IsOnWhite;
        var hue = easel.Scene.Hue ?? random.Between(0, 360);
        var ground = isOnWhite ? Pigment.White : Pigment.Of(0.24f, 0.05f, hue + 30);
        easel.Fill(SKRect.Create(0, 0, easel.Width, easel.Height), ground.Colour());

        // The mark carries the colour; its second hue makes more of it the more colour there is to show.
        var first = Pigment.Of(0.62f, 0.13f, hue);
        var second = Pigment.Of(0.66f, 0.115f, hue + random.Pick(55f, -60f, 95f));
        var ink = isOnWhite ? Pigment.Of(0.3f, 0.06f, hue) : Pigment.Of(0.95f, 0.02f, hue);
        var small = MathF.Min(easel.Width, easel.Height);
        var text = easel.Scene.Lettering is { } lettering ? Lettering.Drawable(lettering) : "";
        var (x, y) = (easel.Width * 0.5f, easel.Height * (text.Length > 0 ? 0.4f : 0.5f));
        var radius = small * (text.Length > 0 ? 0.205f : 0.27f);

        Setting(easel, random.Fork("setting"), x, y, radius, first, second);
        easel.ThrowIfCancelled();
        var canvas = easel.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(24 * Math.Max(0, easel.Look.Dynamism) * easel.Lean);
        if (easel.Look.Dynamism > 0)
        {
            canvas.Skew(-0.35f * easel.Look.Dynamism * easel.Lean, 0);
        }

        canvas.Scale(radius);
        Emblem(easel, random.Fork("emblem"), first, second, ground, text);
        canvas.Restore();
        easel.ThrowIfCancelled();
        if (text.Length > 0)
        {
            Wordmark(easel, text, x, easel.Height * 0.4f + (radius * 1.95f), radius, ink, second);
        }
    }

    private static void Wordmark(Easel easel, string text, float x, float baseline, float radius, Pigment ink, Pigment accent)
    {
        var (line, width) = Lettering.Line(text);
        using (line)
        {
            var size = MathF.Min(radius * 0.5f, easel.Width * 0.8f / Math.Max(0.5f, width));
            var weight = 0.135f - (0.02f * easel.Look.Softness);
            var canvas = easel.Canvas;
            canvas.Save();
            canvas.Translate(x - (width * size / 2), baseline + (size * 0.5f));
            if (easel.Look.Dynamism > 0)
            {
                canvas.RotateDegrees(-7 * easel.Look.Dynamism * easel.Lean, width * size / 2, 0);
                canvas.Skew(-0.4f * easel.Look.Dynamism, 0);
            }

            canvas.Scale(size);
            if (easel.Look.Drama > 0)
            {
                canvas.Save();
                canvas.Translate(0.07f * easel.Lean, 0.07f);
                easel.Stroke(line, Pigment.Of(0.5f, 0.02f, 270).Colour(0.35f * easel.Look.Drama), weight);
                canvas.Restore();
            }

            easel.Stroke(line, ink.Colour(), weight);
            if (easel.Look.Detail > 0.2f)
            {
                easel.Stroke(line, accent.Lighter(0.1f).Colour(easel.Look.Detail), weight * 0.22f);
            }

            canvas.Restore();
        }
    }

    private static void Emblem(Easel easel, SeededRandom random, Pigment first, Pigment second, Pigment ground, string text)
    {
        if (easel.Look.Drama > -0.3f)
        {
            easel.Glow(0.1f * easel.Lean, 0.2f, 1.35f, Pigment.Of(0.45f, 0.03f, 275).Colour(0.1f + (0.4f * Math.Max(0, easel.Look.Drama))), SKBlendMode.SrcOver);
        }

        if (easel.Scene.Figures.FirstOrDefault(FigureGroup.CanPaintOne, Motif.Border) is not Motif.Border and var subject)
        {
            Subject(easel, subject, first, ground);
            return;
        }

        switch (random.Below(text.Length > 0 ? 6 : 5))
        {
            case 0:
                Network(easel, random, first, second, ground);
                break;
            case 1:
                Petals(easel, random, first, second);
                break;
            case 2:
                Blades(easel, random, first, second);
                break;
            case 3:
                Orbits(easel, random, first, second);
                break;
            case 4:
                Facets(easel, random, first, second);
                break;
            default:
                Monogram(easel, text, first, second);
                break;
        }
    }

    // The thing that the prompt names, on a disc.
    private static void Subject(Easel easel, Motif subject, Pigment first, Pigment ground)
    {
        easel.Circle(0, 0, 1, first.Mix(ground, 0.72f).Colour());
        easel.Ring(0, 0, 1, first.Colour(), 0.06f);
        if (Things.Find(subject) is { } thing)
        {
            using var form = new Form(easel, 0, thing.Standing == Standing.Air ? 0 : 0.62f, 0.66f, 0);
            thing.Draw(form, easel.Random.Fork(subject.ToString()));
            return;
        }

        // Figures are drawn in pixels of the picture: about its middle, as large as the disc.
        var (middleX, middleY, small) = (easel.Width / 2, easel.Height / 2, MathF.Min(easel.Width, easel.Height));
        easel.Canvas.Scale(2.5f / small);
        easel.Canvas.Translate(-middleX, -middleY);
        var enlarged = subject switch
        {
            Motif.Boat or Motif.Castle or Motif.Lighthouse or Motif.Balloon or Motif.Butterfly => 2.1f,
            Motif.Tree or Motif.Grove or Motif.Bird => 1.35f,
            Motif.Whale or Motif.Shark => 0.8f,
            _ => 1,
        };
        FigureGroup.PaintOne(easel, subject, middleX, middleY + (small * (subject == Motif.Butterfly ? 0.6f : 0.27f)), small * enlarged);
    }

    private static void Network(Easel easel, SeededRandom random, Pigment first, Pigment second, Pigment ground)
    {
        var nodes = new List<SKPoint> { new(0, 0) };
        var arms = random.Pick(6, 6, 5, 7, 8);
        for (var ring = 1; ring <= 1 + (int)MathF.Round(Math.Max(0, easel.Look.Detail) * 2); ring++)
        {
            for (var i = 0; i < arms; i++)
            {
                var angle = ((i + (ring * 0.5f)) * MathF.Tau / arms) - (MathF.PI / 2);
                var reach = ring == 1 ? 0.95f : 0.58f / (ring - 1);
                nodes.Add(new(MathF.Cos(angle) * reach, MathF.Sin(angle) * reach));
            }
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            for (var j = i + 1; j < nodes.Count; j++)
            {
                var (dx, dy) = (nodes[i].X - nodes[j].X, nodes[i].Y - nodes[j].Y);
                if ((dx * dx) + (dy * dy) < (arms < 6 ? 1.35f : 1.02f))
                {
                    var share = ((nodes[i].Y + nodes[j].Y) / 4) + 0.5f;
                    easel.Line(nodes[i].X, nodes[i].Y, nodes[j].X, nodes[j].Y, first.Mix(second, share).Colour(0.9f), 0.055f);
                }
            }
        }

        foreach (var node in nodes)
        {
            var tone = first.Mix(second, (node.Y / 2) + 0.5f);
            var size = node == nodes[0] ? 0.27f : 0.155f;
            easel.Circle(node.X, node.Y, size, tone.Colour());
            easel.Circle(node.X, node.Y, size * 0.48f, ground.Mix(tone, 0.1f).Colour());
        }
    }

    private static void Petals(Easel easel, SeededRandom random, Pigment first, Pigment second)
    {
        var count = random.Pick(5, 6, 8) + (int)(3 * Math.Max(0, easel.Look.Detail));
        for (var i = 0; i < count; i++)
        {
            easel.Canvas.Save();
            easel.Canvas.RotateDegrees(i * 360f / count);
            using var petal = SKPath.ParseSvgPathData("M0,0.05 C-0.5,-0.25 -0.42,-0.85 0,-1 C0.42,-0.85 0.5,-0.25 0,0.05 Z");
            easel.Fill(petal, first.Mix(second, i / (count - 1f)).Colour(0.72f));
            easel.Canvas.Restore();
        }
    }

    private static void Blades(Easel easel, SeededRandom random, Pigment first, Pigment second)
    {
        var count = random.Pick(6, 7, 9) + (int)(3 * easel.Look.Detail);
        for (var i = 0; i < count; i++)
        {
            easel.Canvas.Save();
            easel.Canvas.RotateDegrees(i * 360f / count);
            using var blade = SKPath.ParseSvgPathData("M0.3,-0.1 C0.3,-0.55 0.05,-0.9 -0.45,-0.9 C-0.1,-0.7 0.02,-0.4 0.05,-0.2 Z");
            using var shader = SKShader.CreateLinearGradient(new(0.3f, -0.1f), new(-0.4f, -0.9f), [second.Mix(first, i / (float)count).Colour(), first.Lighter(0.08f).Mix(second, i / (float)count).Colour()], SKShaderTileMode.Clamp);
            easel.Fill(blade, shader);
            easel.Canvas.Restore();
        }
    }

    private static void Orbits(Easel easel, SeededRandom random, Pigment first, Pigment second)
    {
        var count = 3 + (int)MathF.Round(2 * Math.Max(0, easel.Look.Detail));
        for (var i = 0; i < count; i++)
        {
            easel.Canvas.Save();
            easel.Canvas.RotateDegrees((i * 180f / count) + 15);
            using var builder = new SKPathBuilder();
            builder.AddOval(new(-1, -0.38f, 1, 0.38f));
            using var orbit = builder.Detach();
            easel.Stroke(orbit, first.Mix(second, i / (count - 1f)).Colour(), 0.085f);
            easel.Circle(random.Sign() * 0.92f, 0.15f, 0.11f, second.Mix(first, i / (count - 1f)).Colour());
            easel.Canvas.Restore();
        }

        easel.Circle(0, 0, 0.24f, first.Colour());
        easel.Circle(-0.07f, -0.07f, 0.1f, first.Lighter(0.2f).Colour(0.8f));
    }

    private static void Facets(Easel easel, SeededRandom random, Pigment first, Pigment second)
    {
        var sides = random.Pick(6, 5, 8);
        for (var ring = 0; ring < 2; ring++)
        {
            for (var i = 0; i < sides; i++)
            {
                var (a, b) = (i * MathF.Tau / sides, (i + 1) * MathF.Tau / sides);
                var reach = ring == 0 ? 1 : 0.55f;
                using var builder = new SKPathBuilder();
                builder.MoveTo(0, 0);
                builder.LineTo(MathF.Sin(a + (ring * 0.4f)) * reach, -MathF.Cos(a + (ring * 0.4f)) * reach);
                builder.LineTo(MathF.Sin(b + (ring * 0.4f)) * reach, -MathF.Cos(b + (ring * 0.4f)) * reach);
                builder.Close();
                using var facet = builder.Detach();
                easel.Fill(facet, first.Mix(second, random.Unit()).Lighter(random.Between(-0.08f, 0.1f)).Colour(ring == 0 ? 1 : 0.75f));
                if (easel.Look.Detail > 0.3f)
                {
                    easel.Stroke(facet, Pigment.White.Colour(0.7f * easel.Look.Detail), 0.022f);
                }
            }
        }
    }

    private static void Monogram(Easel easel, string text, Pigment first, Pigment second)
    {
        using var builder = new SKPathBuilder();
        builder.AddRoundRect(new SKRoundRect(new(-0.92f, -0.92f, 0.92f, 0.92f), 0.42f));
        using var tile = builder.Detach();
        using (var shader = SKShader.CreateLinearGradient(new(-0.9f, -0.9f), new(0.9f, 0.9f), [first.Lighter(0.05f).Colour(), second.Darker(0.04f).Colour()], SKShaderTileMode.Clamp))
        {
            easel.Fill(tile, shader);
        }

        var (letter, width) = Lettering.Line(text[..1]);
        using (letter)
        {
            easel.Canvas.Save();
            easel.Canvas.Translate(-width * 0.5f, 0.5f);
            easel.Stroke(letter, SKColors.White, 0.17f);
            easel.Canvas.Restore();
        }

        if (easel.Look.Detail > 0)
        {
            easel.Stroke(tile, second.Lighter(0.15f).Colour(0.8f * easel.Look.Detail), 0.05f);
        }
    }

    // What surrounds the mark: swooshes when it moves, a level line when it is calm, a wreath when it is ornate.
    private static void Setting(Easel easel, SeededRandom random, float x, float y, float radius, Pigment first, Pigment second)
    {
        var look = easel.Look;
        for (var i = 0; look.Dynamism > 0 && i < 4; i++)
        {
            // From behind the mark to a point, the longest in the middle.
            var each = random.Fork(i);
            var (from, thick) = ((i - 1.5f) * 0.42f, radius * (0.06f + (0.06f * look.Dynamism)));
            var length = radius * (0.6f + (0.9f * look.Dynamism)) * (i is 0 or 3 ? 0.72f : 1) * each.Between(0.85f, 1.1f);
            var (startX, startY) = (x - (easel.Lean * radius * (0.5f + (0.2f * from))), y + (radius * (0.35f + from)));
            var (endX, endY) = (startX - (easel.Lean * length), startY + (length * 0.78f));
            using var swoosh = Easel.Curve([new(startX - (easel.Lean * thick * 0.6f), startY - (thick * 0.7f)), new((startX + endX) / 2, ((startY + endY) / 2) - (thick * 0.55f)), new(endX, endY), new((startX + endX) / 2, ((startY + endY) / 2) + (thick * 0.55f)), new(startX + (easel.Lean * thick * 0.6f), startY + (thick * 0.7f))], closed: true);
            easel.Fill(swoosh, first.Mix(second, i / 3f).Colour(0.35f + (0.4f * look.Dynamism)));
        }

        if (look.Dynamism < 0)
        {
            easel.Line(x - (radius * 0.9f), y + (radius * 1.3f), x + (radius * 0.9f), y + (radius * 1.3f), first.Mix(second, 0.5f).Colour(-0.8f * look.Dynamism), easel.Unit * 5);
        }

        var leaves = 2 * (int)MathF.Round(14 * Ornament.Share(look.Ornament) * MathF.Max(0.4f, Ornament.Share(look.Ornament)));
        for (var i = 0; i < leaves; i++)
        {
            var t = ((i / 2) + 0.5f) / Math.Max(1, (leaves + 1) / 2);
            var side = i % 2 == 0 ? -1 : 1;
            var angle = (MathF.PI / 2) + (side * (0.25f + (t * 2.3f)));
            easel.Canvas.Save();
            easel.Canvas.Translate(x + (MathF.Cos(angle) * radius * 1.3f), y + (MathF.Sin(angle) * radius * 1.3f));
            easel.Canvas.RotateDegrees((angle * 180 / MathF.PI) + (side * 125));
            easel.Canvas.Scale(radius * 0.24f);
            using var leaf = SKPath.ParseSvgPathData("M0,0.6 C-0.35,0.2 -0.3,-0.4 0,-0.8 C0.3,-0.4 0.35,0.2 0,0.6 Z");
            easel.Fill(leaf, second.Mix(first, t).Colour(0.85f));
            easel.Canvas.Restore();
        }
    }
}

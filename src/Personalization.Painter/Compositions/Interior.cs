using Personalization.Painter.Figures;
using SkiaSharp;
using static Personalization.Painter.Figures.Materials;

namespace Personalization.Painter.Compositions;

/// <summary>A room from the front: wall, floor and window, what furnishes it, and the figures of the prompt among it.</summary>
internal sealed class Interior
{
    private const float WallFoot = 0.64f;

    private readonly Easel _easel;
    private readonly SeededRandom _random;
    private readonly Motif _room;
    private readonly float _small;
    private readonly float _top;

    // Where figures go: the first is the best place, on a seat; the others stand on the floor.
    private (float X, float Y) _seat = (0.3f, 0.92f);

    private Interior(Easel easel)
    {
        _easel = easel;
        _random = easel.Random.Fork("interior");
        _room = easel.Scene.Places.FirstOrDefault(Rooms.Contains, Motif.Room);
        _small = MathF.Min(easel.Width, easel.Height);
        _top = 0.6f * (easel.Height - _small);
    }

    /// <summary>The places that are rooms.</summary>
    public static IReadOnlyList<Motif> Rooms { get; } = [Motif.Room, Motif.LivingRoom, Motif.Kitchen, Motif.Library, Motif.Bedroom, Motif.Cafe];

    public static void Paint(Easel easel)
    {
        var interior = new Interior(easel);
        easel.Canvas.Save();
        Tilt(easel);
        interior.Furnish();
        easel.ThrowIfCancelled();
        interior.Company();
        easel.Canvas.Restore();
    }

    /// <summary>Holds the camera at an angle in a picture that moves, near enough that no corner is bare.</summary>
    public static void Tilt(Easel easel)
    {
        var motion = Math.Max(0, easel.Look.Dynamism);
        easel.Canvas.Translate(easel.Width / 2, easel.Height / 2);
        easel.Canvas.RotateDegrees(-5.5f * motion * easel.Lean);
        easel.Canvas.Scale(1 + (0.1f * motion));
        easel.Canvas.Translate(-easel.Width / 2, -easel.Height / 2);
    }

    /// <summary>The room alone, as the ground of a still life.</summary>
    public static void PaintRoom(Easel easel) => new Interior(easel).Furnish();

    private void Furnish()
    {
        Shell();
        _easel.ThrowIfCancelled();
        switch (_room)
        {
            case Motif.LivingRoom:
                LivingRoom();
                break;
            case Motif.Kitchen:
                Kitchen();
                break;
            case Motif.Library:
                Library();
                break;
            case Motif.Bedroom:
                Bedroom();
                break;
            case Motif.Cafe:
                Cafe();
                break;
            default:
                Plain();
                break;
        }
    }

    private void LivingRoom()
    {
        Window(0.25f, 0.13f, 0.27f, 0.36f, curtains: true);
        Picture(0.6f, 0.26f, 0.12f, 0.15f);
        Picture(0.76f, 0.22f, 0.09f, 0.1f);
        if (_easel.Scene.Has(Motif.Fireplace))
        {
            Put(Motif.Fireplace, 0.62f, WallFoot + 0.03f, 1.05f);
        }

        Rug(0.53f, 0.86f, 0.4f);
        Furnishing(Furniture.FloorLamp, 0.9f, 0.75f, 0.17f);
        Furnishing(Furniture.Plant, 0.09f, 0.78f, 0.15f);
        if (_easel.Scene.Has(Motif.Armchair) && !_easel.Scene.Has(Motif.Sofa))
        {
            Put(Motif.Armchair, 0.54f, 0.83f, 0.95f);
            _seat = (0.54f, 0.83f - (0.52f * 0.23f));
            return;
        }

        Put(Motif.Sofa, 0.54f, 0.81f, 1.05f);
        _seat = (0.54f, 0.81f - (0.45f * 0.28f));
        if (_easel.Look.Detail > -0.5f && !_easel.Scene.Figures.Any(Things.IsOnTable) && _easel.Scene.Figures.All(figure => Things.Find(figure) is not null))
        {
            Furnishing(Furniture.Table, 0.5f, 0.96f, 0.15f);
            Furnishing(Food.Cup, 0.46f, 0.96f - (0.9f * 0.15f), 0.045f);
            Furnishing(Objects.BookPile, 0.56f, 0.96f - (0.9f * 0.15f), 0.045f);
        }
    }

    private void Kitchen()
    {
        var front = Pigment.Of(0.8f, 0.05f, _random.Pick(90f, 200f, 150f, 30f));
        const float top = 0.47f;
        var half = (_easel.Width / _small / 2) + 0.12f;
        Tiles(half);
        Window(0.5f, 0.11f, 0.28f, 0.27f, curtains: false);
        using (var form = At(0.5f, 0, _small))
        {
            foreach (var x in (ReadOnlySpan<float>)[-0.62f, -0.4f, 0.26f, 0.48f])
            {
                form.Box(x, 0.04f, x + 0.2f, 0.27f, front, 0.4f, 0.006f);
                form.Oval(x + 0.17f, 0.24f, 0.008f, 0.008f, Brass);
            }

            form.Box(-0.62f, 0.325f, -0.2f, 0.34f, Wood, 0.4f);
            form.Box(0.26f, 0.325f, 0.68f, 0.34f, Wood, 0.4f);
        }

        for (var i = 0; i < 6; i++)
        {
            var x = i < 3 ? -0.1f + (i * 0.09f) + 0.1f : 0.68f + ((i - 3) * 0.1f);
            Action<Form, SeededRandom> crockery = (i % 3) switch { 0 => Food.Cup, 1 => Food.Bottle, _ => Food.Teapot };
            Furnishing(crockery, 0.05f + (x * 0.95f), 0.325f, i % 3 == 1 ? 0.03f : 0.034f);
        }

        using (var form = At(0.5f, 0, _small))
        {
            form.Box(-half, top, half, 0.7f, front, 0.3f);
            for (var x = -half + 0.01f; x < half; x += 0.19f)
            {
                form.Box(x, top + 0.045f, x + 0.175f, 0.69f, front, 0.35f, 0.006f);
                form.Rod(x + 0.06f, top + 0.07f, x + 0.115f, top + 0.07f, Brass, 0.01f);
            }

            form.Box(-half, top, half, top + 0.03f, Stone.Lighter(0.14f), 0.5f);
            form.Stroke("M-0.01,0.47 L-0.01,0.4 C-0.01,0.36 0.06,0.36 0.06,0.405", Steel, 0.016f);
        }

        Put(Motif.Stove, 0.8f, 0.705f, 0.98f);
        Furnishing(Food.FruitBowl, 0.28f, top + 0.008f, 0.07f);
        Furnishing(Food.Bread, 0.13f, top + 0.006f, 0.065f);
        Pendant(0.36f, 0.22f);
        Pendant(0.66f, 0.2f);
        _seat = (0.3f, 0.93f);
        if (!_easel.Scene.Figures.Any(Things.IsOnTable))
        {
            Furnishing(Furniture.Table, 0.42f, 0.97f, 0.22f);
            Furnishing(Objects.Vase, 0.42f, 0.97f - (0.9f * 0.22f), 0.06f);
            Furnishing(Food.Cup, 0.53f, 0.97f - (0.87f * 0.22f), 0.045f);
            Furnishing(Furniture.Chair, 0.78f, 0.99f, 0.17f);
            _seat = (0.24f, 0.96f);
        }
    }

    private void Library()
    {
        using (var form = At(0.5f, 0, _small))
        {
            // Bookcases from the window to both ends of the wall.
            var half = _easel.Width / _small / 2;
            for (var i = 0; 0.16f + (i * 0.3f) < half + 0.15f; i++)
            {
                var at = 0.16f + (i * 0.3f);
                Furniture.Shelves(form, _random.Fork(i), at, 0.03f, at + 0.28f, WallFoot + 0.02f, 6);
                Furniture.Shelves(form, _random.Fork(-i - 1), -at - 0.24f, 0.03f, -at + 0.04f, WallFoot + 0.02f, 6);
            }
        }

        Window(0.52f, 0.1f, 0.2f, 0.44f, curtains: false);
        using (var form = At(0.8f, WallFoot + 0.1f, _small))
        {
            form.Rod(-0.09f, 0, 0.02f, -0.62f, Wood, 0.018f);
            form.Rod(0.03f, 0, 0.1f, -0.62f, Wood, 0.018f);
            for (var i = 1; i < 8; i++)
            {
                form.Rod(-0.09f + (i * 0.0137f), -0.077f * i, 0.03f + (i * 0.0087f), -0.077f * i, Wood, 0.014f);
            }
        }

        Rug(0.5f, 0.86f, 0.36f);
        var seat = _easel.Scene.Has(Motif.Sofa);
        Put(seat ? Motif.Sofa : Motif.Armchair, 0.52f, 0.84f, seat ? 1 : 0.85f);
        _seat = (0.52f, 0.84f - ((seat ? 0.45f * 0.27f : 0.52f * 0.2f)));
        Furnishing(Furniture.Table, 0.2f, 0.9f, 0.14f);
        Furnishing(Furniture.Lamp, 0.17f, 0.9f - (0.9f * 0.14f), 0.09f);
        Furnishing(Objects.BookPile, 0.26f, 0.9f - (0.88f * 0.14f), 0.05f);
        Furnishing(Objects.Globe, 0.86f, 0.92f, 0.1f);
    }

    private void Bedroom()
    {
        Window(0.3f, 0.12f, 0.26f, 0.36f, curtains: true);
        Picture(0.7f, 0.24f, 0.16f, 0.14f);
        Rug(0.5f, 0.9f, 0.42f);
        Furnishing(Furniture.Table, 0.12f, 0.77f, 0.09f);
        Furnishing(Furniture.Lamp, 0.12f, 0.77f - (0.9f * 0.09f), 0.1f);
        Furnishing(Furniture.Plant, 0.93f, 0.72f, 0.12f);
        Put(Motif.Bed, 0.54f, 0.85f, 1.1f);
        _seat = (0.62f, 0.85f - (0.7f * 0.3f));
    }

    private void Cafe()
    {
        Window(0.36f, 0.13f, 0.56f, 0.42f, curtains: false);
        using (var form = At(0.86f, 0, _small))
        {
            form.Box(-0.13f, 0.12f, 0.13f, 0.36f, Night.Lighter(0.08f), 0.2f, 0.01f);
            form.Stroke("M-0.13,0.12 L0.13,0.12 L0.13,0.36 L-0.13,0.36 Z", Wood, 0.016f);
            for (var i = 0; i < 6; i++)
            {
                form.Line(-0.1f, 0.16f + (i * 0.032f), -0.1f + _random.Fork(i).Between(0.08f, 0.19f), 0.16f + (i * 0.032f), China, 0.007f, 0, 0.85f);
            }

            form.Box(-0.18f, 0.5f, 0.3f, 0.8f, DarkWood, 0.5f);
            form.Box(-0.2f, 0.47f, 0.3f, 0.51f, Wood, 0.5f);
            form.Box(-0.05f, 0.36f, 0.12f, 0.47f, Steel, 0.9f, 0.01f);
            form.Box(-0.03f, 0.4f, 0.1f, 0.46f, Iron, 0.3f);
        }

        Pendant(0.2f, 0.2f);
        Pendant(0.44f, 0.24f);
        Pendant(0.68f, 0.2f);
        Table(0.24f, 0.8f, 0.15f);
        if (!_easel.Scene.Figures.Any(Things.IsOnTable))
        {
            Table(0.6f, 0.95f, 0.2f);
        }

        _seat = (0.44f, 0.92f);

        void Table(float x, float foot, float size)
        {
            Furnishing(Furniture.Chair, x - (size * 1.2f), foot - 0.01f, size * 0.78f);
            using (var form = At(x, foot, size * _small))
            {
                form.Shadow(0.7f);
                form.Ball(0, -0.03f, 0.42f, 0.07f, Iron);
                form.Rod(0, -0.04f, 0, -1, Iron, 0.09f);
                form.Ball(0, -1, 0.85f, 0.17f, Wood);
                form.Oval(0, -1.02f, 0.8f, 0.13f, Wood.Lighter(0.1f), 0.2f);
            }

            Furnishing(Food.Cup, x - (size * 0.3f), foot - (size * 0.98f), size * 0.26f);
            Furnishing(Food.Cake, x + (size * 0.34f), foot - (size * 0.98f), size * 0.22f);
        }
    }

    private void Plain()
    {
        Window(0.24f, 0.12f, 0.26f, 0.38f, curtains: true);
        if (_easel.Look.Ornament > -0.5f)
        {
            Picture(0.78f, 0.2f, 0.13f, 0.16f);
            Furnishing(Furniture.Plant, 0.92f, 0.74f, 0.13f);
        }

        Rug(0.5f, 0.86f, 0.36f);
    }

    private void Company()
    {
        var scene = _easel.Scene;
        var onTable = scene.Figures.Where(Things.IsOnTable).ToList();
        if (scene.Has(Motif.Flower) && !scene.Has(Motif.Vase))
        {
            // Flowers in a room are in a vase.
            onTable.Add(Motif.Vase);
        }

        var onFloor = scene.Figures.Where(figure => Things.Find(figure) is { Standing: not Standing.Table } && !IsFurnished(figure)).ToList();
        var creatures = scene.Figures.Where(figure => Things.Find(figure) is null).ToList();
        var isAlone = onTable.Count == 0 && creatures.Count == 0 && onFloor.Count == 1;
        for (var i = 0; i < onFloor.Count; i++)
        {
            var x = isAlone ? 0.52f : 0.3f + (0.5f * ((i * 0.618f) % 1)) + (_room == Motif.Room ? 0.05f : 0.16f);
            Put(onFloor[i], x, isAlone ? 0.9f : 0.86f + (0.03f * i), isAlone ? 1 : 0.7f);
        }

        foreach (var (at, creature) in creatures.Index())
        {
            _easel.ThrowIfCancelled();
            var isSmall = creature is Motif.Cat or Motif.Dog or Motif.Hound or Motif.Fox or Motif.Rabbit or Motif.Owl or Motif.Raven or Motif.Parrot or Motif.Bird;
            if (at == 0 && isSmall)
            {
                FigureGroup.PaintOne(_easel, creature, Pixels(_seat.X), Down(_seat.Y), _small * 0.52f);
            }
            else
            {
                FigureGroup.PaintOne(_easel, creature, Pixels(0.28f + (0.34f * at)), Down(0.93f), _small * (isSmall ? 0.55f : People.Knows(creature) ? 1.25f : 1));
            }
        }

        if (onTable.Count > 0)
        {
            var (x, size) = (creatures.Count > 0 ? 0.68f : 0.4f, 0.22f);
            Furnishing(Furniture.Table, x, 1.01f, size);
            var tableTop = 1.01f - (0.9f * size);
            foreach (var (at, thing) in onTable.Index())
            {
                Put(thing, x + ((at - ((onTable.Count - 1) / 2f)) * 0.17f), tableTop, 0.36f);
            }
        }
    }

    /// <summary>Whether the room has it in any case.</summary>
    private bool IsFurnished(Motif motif) => (_room, motif) switch
    {
        (Motif.LivingRoom, Motif.Sofa or Motif.Fireplace) => true,
        (Motif.LivingRoom, Motif.Armchair) => !_easel.Scene.Has(Motif.Sofa),
        (Motif.LivingRoom or Motif.Bedroom, Motif.Lamp or Motif.Plant) => true,
        (Motif.Kitchen, Motif.Stove or Motif.Table) => true,
        (Motif.Library, Motif.Bookshelf or Motif.Sofa or Motif.Armchair) => true,
        (Motif.Bedroom, Motif.Bed) => true,
        (Motif.Cafe, Motif.Table or Motif.Chair) => true,
        _ => false,
    };

    // In a mirrored room everything is: the window is where the light is.
    private float Pixels(float x) => _easel.Width * (_easel.Lean > 0 ? x : 1 - x);

    // A room is as high as it is wide: in a tall picture there is more wall above it and more floor below.
    private float Down(float y) => _top + (y * _small);

    private Form At(float x, float y, float size) => new(_easel, Pixels(x), Down(y), size, 0.04f);

    private void Put(Motif thing, float x, float y, float scale) => Things.Paint(_easel, thing, Pixels(x), Down(y), scale, 0.03f);

    private void Furnishing(Action<Form, SeededRandom> draw, float x, float y, float size)
    {
        using var form = At(x, y, size * _small);
        draw(form, _random.Fork((int)(x * 1000)));
    }

    private void Shell()
    {
        var light = _easel.Light;
        var (width, height) = (_easel.Width, _easel.Height);
        var foot = Down(WallFoot);
        var wall = Pigment.Of(0.84f, 0.045f, _random.Pick(80f, 60f, 150f, 220f, 20f));
        var wood = Pigment.Of(0.58f, 0.075f, _random.Between(50, 70));
        using (var shader = SKShader.CreateRadialGradient(new(Pixels(0.25f), height * 0.3f), width * 0.95f, [light.On(wall, 0, 0.35f).Colour(), light.On(wall, 0, -0.1f).Colour(), light.On(wall, 0, -0.55f).Colour()], [0, 0.45f, 1], SKShaderTileMode.Clamp))
        {
            _easel.Fill(new SKRect(-0.1f * width, -0.1f * height, width * 1.1f, foot + 2), shader);
        }

        using (var shader = Easel.Vertical(foot, height, light.On(wood, 0.1f, -0.3f).Colour(), light.On(wood, 0, 0.1f).Colour()))
        {
            _easel.Fill(new SKRect(-0.1f * width, foot, width * 1.1f, height * 1.1f), shader);
        }

        // Boards run towards the vanishing point on the wall.
        var (vx, vy) = (width / 2, height * 0.36f);
        for (var i = -12; i <= 12; i++)
        {
            var x = vx + (i * width * 0.13f);
            var t = (foot - vy) / (height - vy);
            _easel.Line(vx + ((x - vx) * t), foot, vx + ((x - vx) * 1.15f), vy + ((height - vy) * 1.15f), light.On(wood.Darker(0.13f), 0.05f).Colour(0.8f - (0.6f * _easel.Look.Calm)), 1.5f * _easel.Unit);
        }

        for (var i = 0; i < _easel.Look.Loose(26); i++)
        {
            var each = _random.Fork(i);
            var t = each.Unit();
            var y = foot + ((height - foot) * t * t);
            var x = each.Unit() * width;
            _easel.Line(x, y, x + (_easel.Unit * each.Between(10, 40)), y, light.On(wood.Darker(each.Between(0.04f, 0.12f)), 0.05f).Colour(0.5f), _easel.Unit);
        }

        _easel.Fill(SKRect.Create(-0.1f * width, foot - (0.022f * _small), width * 1.2f, 0.026f * _small), light.On(Plaster, 0.02f, 0.05f).Colour());
        _easel.Line(-0.1f * width, foot + (0.004f * _small), width * 1.1f, foot + (0.004f * _small), light.On(wood.Darker(0.25f), 0).Colour(0.7f), 1.6f * _easel.Unit);
    }

    private void Window(float x, float top, float wide, float high, bool curtains)
    {
        var light = _easel.Light;
        using var form = At(x, top, _small);
        var (half, canvas) = (wide / 2, _easel.Canvas);
        form.Box(-half - 0.02f, -0.02f, half + 0.02f, high + 0.02f, Plaster.Lighter(0.04f), 0.4f);
        canvas.Save();
        canvas.ClipRect(new(-half, 0, half, high), antialias: true);
        using (var sky = SKShader.CreateLinearGradient(new(0, 0), new(0, high), [light.Zenith.Colour(), light.Middle.Colour(), light.Horizon.Lighter(0.03f).Colour()], SKShaderTileMode.Clamp))
        {
            _easel.Fill(new SKRect(-half, 0, half, high), sky);
        }

        if (light.IsDark)
        {
            for (var i = 0; i < 12; i++)
            {
                var each = _random.Fork(300 + i);
                _easel.Circle(each.Between(-half, half), each.Unit() * high * 0.7f, 0.002f, Pigment.White.Colour(0.8f));
            }

            _easel.Circle(-half * 0.3f, high * 0.28f, 0.028f, light.Beam.Colour());
        }
        else
        {
            form.Oval(half * 0.3f, high * 0.24f, 0.07f, 0.02f, Smoke, 0.3f, 0.8f);
            form.Oval(half * 0.1f, high * 0.28f, 0.06f, 0.018f, Smoke, 0.2f, 0.8f);
        }

        if (_room == Motif.Cafe)
        {
            for (var i = 0; i < 7; i++)
            {
                var each = _random.Fork(400 + i);
                var (l, w, t) = (-half + (i * wide / 7), wide / 7, high * each.Between(0.2f, 0.5f));
                form.Box(l, t, l + w, high, Pigment.Of(each.Between(0.5f, 0.75f), 0.06f, each.Pick(40f, 70f, 20f, 230f)).Mix(light.Haze, 0.25f), 0.3f);
                for (var k = 0; k < 6; k++)
                {
                    form.Pane(l + (w * (0.2f + (0.4f * (k % 2)))), t + 0.03f + (k / 2 * 0.055f), l + (w * (0.4f + (0.4f * (k % 2)))), t + 0.06f + (k / 2 * 0.055f));
                }
            }
        }
        else
        {
            form.Flat(FormattableString.Invariant($"M{-half},{high} L{-half},{high * 0.72f} C{-half * 0.3f},{high * 0.5f} {half * 0.3f},{high * 0.74f} {half},{high * 0.6f} L{half},{high} Z"), Leaf.Mix(light.Haze, 0.35f));
            form.Flat(FormattableString.Invariant($"M{-half},{high} L{-half},{high * 0.84f} C{-half * 0.3f},{high * 0.8f} {half * 0.3f},{high * 0.7f} {half},{high * 0.84f} L{half},{high} Z"), Leaf.Mix(light.Haze, 0.1f));
        }

        canvas.Restore();
        form.Shine(FormattableString.Invariant($"M{-half * 0.8f},{high} L{-half * 0.1f},0 L{half * 0.2f},0 L{-half * 0.5f},{high} Z"), 0.14f);
        var panes = wide > 0.4f ? 4 : 2;
        for (var i = 1; i < panes; i++)
        {
            form.Line(-half + (wide * i / panes), 0, -half + (wide * i / panes), high, Plaster.Lighter(0.04f), 0.012f, 0.1f);
        }

        form.Line(-half, high * 0.45f, half, high * 0.45f, Plaster.Lighter(0.04f), 0.012f, 0.1f);
        form.Box(-half - 0.04f, high + 0.015f, half + 0.04f, high + 0.035f, Plaster, 0.5f);
        if (curtains)
        {
            var cloth = Pigment.Of(0.66f, 0.1f, _random.Pick(27f, 60f, 200f, 150f));
            form.Rod(-half - 0.07f, -0.04f, half + 0.07f, -0.04f, Brass, 0.013f);
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                form.Body(FormattableString.Invariant($"M{side * (half + 0.06f)},-0.035 L{side * half * 0.55f},-0.035 C{side * half * 0.6f},{high * 0.4f} {side * half * 0.95f},{high * 0.5f} {side * half * 0.8f},{high + 0.07f} L{side * (half + 0.06f)},{high + 0.07f} Z"), cloth, 0.7f);
                for (var i = 0; i < 3; i++)
                {
                    form.Line(side * (half + 0.03f - (i * 0.03f)), -0.03f, side * (half + 0.04f - (i * 0.022f)), high + 0.06f, cloth.Darker(0.12f), 0.006f, 0, 0.8f);
                }
            }
        }

        if (!light.IsDark && light.Time != DayTime.Grey)
        {
            form.Flat(FormattableString.Invariant($"M{-half + 0.12f},{(WallFoot * 1.1f) - top} L{half + 0.12f},{(WallFoot * 1.1f) - top} L{half + 0.42f},{0.93f - top} L{-half + 0.36f},{0.93f - top} Z"), light.Beam, 0.3f, 0.2f);
        }
    }

    private void Picture(float x, float y, float wide, float high)
    {
        using var form = At(x, y, _small);
        var each = _random.Fork((int)(x * 100));
        form.Box(-wide / 2, -high / 2, wide / 2, high / 2, each.Pick(Wood, Brass, DarkWood), 0.8f);
        var (w, h) = ((wide / 2) - 0.012f, (high / 2) - 0.012f);
        form.Patch(-w, -h, w, h, Pigment.Of(0.86f, 0.05f, each.Between(60, 240)));
        form.Flat(FormattableString.Invariant($"M{-w},{h} L{-w},{h * 0.2f} L{-w * 0.3f},{-h * 0.4f} L{w * 0.2f},{h * 0.2f} L{w * 0.6f},{-h * 0.1f} L{w},{h * 0.3f} L{w},{h} Z"), Pigment.Of(0.5f, 0.09f, each.Between(0, 360)));
        form.Oval(w * 0.4f, -h * 0.45f, w * 0.2f, w * 0.2f, Pigment.Of(0.8f, 0.14f, 60));
    }

    private void Rug(float x, float y, float half)
    {
        using var form = At(x, y, _small);
        var cloth = Pigment.Of(0.55f, 0.11f, _random.Pick(25f, 250f, 150f, 60f));
        form.Oval(0, 0, half, half * 0.28f, cloth);
        form.Oval(0, 0, half * 0.9f, half * 0.245f, cloth.Lighter(0.16f));
        form.Oval(0, 0, half * 0.82f, half * 0.22f, cloth);
        form.Oval(0, 0, half * 0.4f, half * 0.1f, cloth.Lighter(0.1f));
    }

    private void Tiles(float half)
    {
        using var form = At(0.5f, 0, _small);
        for (var row = 0; row < 4; row++)
        {
            form.Line(-half, 0.35f + (row * 0.04f), half, 0.35f + (row * 0.04f), Plaster.Darker(0.12f), 0.003f);
        }

        for (var x = -half; x < half; x += 0.048f)
        {
            form.Line(x, 0.35f, x, 0.47f, Plaster.Darker(0.12f), 0.003f);
        }
    }

    private void Pendant(float x, float y)
    {
        using var form = At(x, y, _small);
        form.Line(0, -3, 0, 0, Iron, 0.006f);
        form.Easel.Glow(0, 0.05f, 0.24f, Flame.Colour(form.IsLit ? 0.75f : 0.3f));
        form.Round("M-0.015,-0.01 L0.015,-0.01 L0.075,0.055 L-0.075,0.055 Z", Iron);
        form.Oval(0, 0.055f, 0.05f, 0.012f, Flame, 0.8f);
    }
}

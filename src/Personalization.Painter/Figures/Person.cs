namespace Personalization.Painter.Figures;

/// <summary>
/// A whole person, an adult one unit tall with the feet at (0, 0): joints by pose, and clothes over them.
/// </summary>
/// <param name="holds">Whether the near hand is raised to hold something.</param>
internal sealed class Person(FigureCanvas figure, Character person, SeededRandom random, Pose pose, bool holds)
{
    // Joints of arms and legs as hip or shoulder, knee or elbow, foot or hand; the near one first.
    private readonly (float X, float Y)[][] _legs = Legs(pose, random.Fork("legs"));
    private readonly (float X, float Y)[][] _arms = Arms(pose, holds, random.Fork("arms"));
    private readonly float _lower = pose == Pose.Sit ? 0.27f : 0;

    private Costume Costume => person.Costume;

    private bool IsWide => person.IsMan && !person.IsChild;

    public void Paint()
    {
        if (pose != Pose.Ride && figure.Easel.Scene.Places is not [Motif.Space])
        {
            figure.Shadow(0, pose is Pose.Run or Pose.Walk ? 0.24f : 0.19f, 0.028f);
        }

        if (pose == Pose.Sit)
        {
            figure.Form(new Shape().Curve(-0.17f, 0, -0.15f, -0.17f, 0, -0.215f, 0.14f, -0.18f, 0.17f, 0), Materials.Stone.Darker(0.1f), 0.04f);
        }

        // A child is smaller all over, least of all in the head.
        figure.At(0, 0, person.IsChild ? 0.64f : 1, 0, Body);
    }

    private void Body()
    {
        var lean = pose switch { Pose.Run => 9, Pose.Walk => 2.5f, _ => 0 } + (person.Age == Age.Old ? 3 : 0);
        figure.At(0, _lower, 1, lean, Back);
        Leg(1);
        Leg(0);
        figure.At(0, _lower, 1, lean, Front);
    }

    private void Back()
    {
        if (Costume.HasWings)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Flat(new Shape().Curve(side * 0.03f, -0.76f, side * 0.2f, -1.02f, side * 0.4f, -0.98f, side * 0.36f, -0.8f, side * 0.1f, -0.68f), Pigment.Of(0.9f, 0.06f, 220), 0.2f, 0.7f);
                figure.Flat(new Shape().Curve(side * 0.03f, -0.7f, side * 0.28f, -0.72f, side * 0.3f, -0.54f, side * 0.14f, -0.5f), Pigment.Of(0.88f, 0.08f, 320), 0.2f, 0.7f);
            }
        }

        if (Costume.HasCape)
        {
            var flow = pose is Pose.Walk or Pose.Run ? 0.12f : 0.03f;
            flow += 0.16f * MathF.Max(0, figure.Look.Dynamism);
            figure.Form(new Shape().Curve(0.08f, -0.82f, 0.13f, -0.6f, 0.15f, -0.2f, 0.1f, -0.06f, -0.12f - flow, -0.05f, -0.2f - flow, -0.12f, -0.15f, -0.5f, -0.1f, -0.82f), Costume.Hat == Costume.Hats.Crown ? Pigment.Of(0.42f, 0.14f, 15) : Costume.Second, 0.05f, -0.1f);
        }

        if (Costume.HasPack)
        {
            figure.Form(new Shape().Curve(-0.16f, -0.83f, 0.1f, -0.83f, 0.13f, -0.6f, 0.06f, -0.5f, -0.14f, -0.5f, -0.19f, -0.66f), Costume.Top == Costume.Tops.Spacesuit ? Costume.Second : Pigment.Of(0.46f, 0.09f, random.Pick(150f, 30f, 255f)), 0.04f);
        }

        Limb(_arms[1], far: true);
        AtHead(() => new Head(figure, person, random.Fork("head")).Behind());
    }

    private void Front()
    {
        Skirts();
        Torso();
        AtHead(() => new Head(figure, person, random.Fork("head")).Paint());
        if (Costume.HasScarf)
        {
            figure.Form(new Shape().Limb(-0.05f, -0.81f, 0.022f, 0, -0.795f, 0.026f, 0.05f, -0.81f, 0.022f).Limb(0.03f, -0.8f, 0.022f, 0.045f, -0.7f, 0.02f, 0.03f, -0.64f, 0.018f), Costume.Trim, 0.015f);
        }

        Tool();
        Limb(_arms[0], far: false);
    }

    private void AtHead(Action draw)
    {
        var scale = person.IsChild ? 0.236f : 0.172f;
        figure.At(0.006f, -0.842f - (Head.Chin * scale), scale, pose == Pose.Dance ? -5 : 0, draw);
    }

    private void Torso()
    {
        var (shoulder, waist, hip) = IsWide ? (0.108f, 0.08f, 0.08f) : person.IsChild ? (0.095f, 0.08f, 0.08f) : (0.09f, 0.062f, 0.083f);
        if (pose is Pose.Walk or Pose.Run)
        {
            shoulder *= 0.86f;
        }

        var long_ = Costume.Top is Costume.Tops.Coat or Costume.Tops.Apron;
        var hem = long_ ? -0.4f : Costume.Top == Costume.Tops.Robe ? -0.46f : -0.475f;
        figure.Form(new Shape().Limb(0, -0.88f, 0.03f, 0, -0.79f, IsWide ? 0.038f : 0.03f), Costume.Top == Costume.Tops.Spacesuit ? Costume.Main : person.Skin, 0.02f, -0.3f);
        var own = Costume.Top == Costume.Tops.Apron && person.Role == Motif.Farmer ? Costume.Trim : Costume.Main;
        if (Costume.Top == Costume.Tops.Spacesuit)
        {
            (shoulder, waist, hip) = (0.12f, 0.115f, 0.11f);
        }

        figure.Form(
            new Shape().Curve(-0.035f, -0.822f, 0.035f, -0.822f, shoulder, -0.785f, shoulder * 0.96f, -0.7f, waist, -0.6f, hip, -0.51f, hip * (long_ ? 1.12f : 1), hem, 0, hem + 0.012f, -hip * (long_ ? 1.12f : 1), hem, -hip, -0.51f, -waist, -0.6f, -shoulder * 0.96f, -0.7f, -shoulder, -0.785f),
            own,
            0.035f,
            marks: () => Front(shoulder, waist));
        if (Costume.Top == Costume.Tops.Armour)
        {
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            {
                figure.Form(new Shape().Oval(side * shoulder, -0.775f, 0.052f, 0.042f), person.Role == Motif.Viking ? Costume.Second.Lighter(0.14f) : Costume.Main.Lighter(0.04f), 0.02f);
            }
        }
    }

    // What is on the chest: opening, buttons, belt, emblem.
    private void Front(float shoulder, float waist)
    {
        var (main, second, trim) = (Costume.Main, Costume.Second, Costume.Trim);
        switch (Costume.Top)
        {
            case Costume.Tops.Shirt:
                figure.Flat(new Shape().Polygon(-0.04f, -0.83f, 0, -0.77f, 0.04f, -0.83f), person.Skin, -0.1f);
                figure.Easel.Line(0, -0.77f, 0, -0.48f, figure.Tone(main.Darker(0.1f)), 0.006f);
                break;
            case Costume.Tops.Jumper:
                foreach (var y in (ReadOnlySpan<float>)[-0.74f, -0.69f])
                {
                    figure.Easel.Line(-0.2f, y, 0.2f, y, figure.Tone(trim, 0, 0.85f), 0.018f);
                }

                break;
            case Costume.Tops.Coat:
                figure.Flat(new Shape().Polygon(-0.03f, -0.83f, 0.03f, -0.83f, 0.016f, -0.38f, -0.016f, -0.38f), person.Role == Motif.Doctor ? trim : main.Lighter(0.14f));
                figure.Flat(new Shape().Polygon(-0.045f, -0.84f, -0.005f, -0.7f, -0.06f, -0.74f).Polygon(0.045f, -0.84f, 0.005f, -0.7f, 0.06f, -0.74f), main.Darker(0.1f));
                Belt(second.Darker(0.06f), 0.016f);
                break;
            case Costume.Tops.Robe:
                figure.Flat(new Shape().Polygon(-0.05f, -0.84f, 0.05f, -0.84f, 0.03f, -0.42f, -0.03f, -0.42f), trim.Mix(main, 0.25f));
                Belt(second, 0.03f);
                break;
            case Costume.Tops.Armour when person.Role == Motif.Viking:
                for (var i = 0; i < 6; i++)
                {
                    figure.Easel.Line(-0.12f, -0.76f + (0.05f * i), 0.12f, -0.78f + (0.05f * i), figure.Tone(main.Darker(0.1f), 0, 0.8f), 0.01f);
                }

                Belt(trim, 0.03f);
                break;
            case Costume.Tops.Armour:
                figure.Flat(new Shape().Polygon(-shoulder * 0.62f, -0.79f, shoulder * 0.62f, -0.79f, waist * 0.9f, -0.45f, -waist * 0.9f, -0.45f), second);
                figure.Flat(new Shape().Polygon(-0.014f, -0.77f, 0.014f, -0.77f, 0.014f, -0.58f, -0.014f, -0.58f).Polygon(-0.05f, -0.72f, 0.05f, -0.72f, 0.05f, -0.694f, -0.05f, -0.694f), trim);
                Belt(Materials.DarkWood, 0.024f);
                break;
            case Costume.Tops.Spacesuit:
                figure.Flat(new Shape().Polygon(-0.055f, -0.72f, 0.055f, -0.72f, 0.05f, -0.63f, -0.05f, -0.63f), Pigment.Of(0.6f, 0.02f, 260));
                figure.Oval(-0.028f, -0.69f, 0.012f, 0.012f, Pigment.Of(0.6f, 0.18f, 25));
                figure.Oval(0.006f, -0.69f, 0.012f, 0.012f, Pigment.Of(0.7f, 0.15f, 145));
                Belt(trim, 0.018f);
                break;
            case Costume.Tops.Kimono:
                figure.Flat(new Shape().Polygon(-0.045f, -0.84f, 0.045f, -0.84f, 0.0f, -0.7f), person.Role == Motif.Ninja ? main.Darker(0.08f) : person.Skin, -0.1f);
                figure.Easel.Line(-0.055f, -0.84f, 0.05f, -0.6f, figure.Tone(second.Lighter(0.06f)), 0.022f);
                figure.Easel.Line(0.055f, -0.84f, -0.05f, -0.6f, figure.Tone(second.Lighter(0.02f)), 0.022f);
                Belt(person.Role == Motif.Ninja ? trim : second, 0.045f);
                break;
            case Costume.Tops.Bodice:
                figure.Flat(new Shape().Curve(-0.062f, -0.85f, 0.062f, -0.85f, 0.045f, -0.765f, 0, -0.75f, -0.045f, -0.765f), person.Skin, -0.05f);
                Belt(trim.Mix(main, 0.3f), 0.016f);
                break;
            default:
                if (person.Role == Motif.Farmer)
                {
                    figure.Flat(new Shape().Polygon(-0.058f, -0.7f, 0.058f, -0.7f, 0.12f, -0.5f, 0.14f, -0.3f, -0.14f, -0.3f, -0.12f, -0.5f), main);
                    figure.Easel.Line(-0.05f, -0.7f, -0.06f, -0.84f, figure.Tone(main), 0.02f);
                    figure.Easel.Line(0.05f, -0.7f, 0.06f, -0.84f, figure.Tone(main), 0.02f);
                    break;
                }

                for (var i = 0; i < 4; i++)
                {
                    figure.Oval(-0.025f, -0.76f + (0.07f * i), 0.008f, 0.008f, second);
                    figure.Oval(0.025f, -0.76f + (0.07f * i), 0.008f, 0.008f, second);
                }

                break;
        }

        void Belt(Pigment own, float wide) => figure.Easel.Line(-0.2f, -0.585f, 0.2f, -0.575f, figure.Tone(own), wide);
    }

    private void Skirts()
    {
        var waist = IsWide ? 0.08f : 0.064f;
        var (left, right) = (MathF.Min(_legs[0][1].X, _legs[1][1].X), MathF.Max(_legs[0][1].X, _legs[1][1].X));
        var (back, ahead) = (MathF.Min(_legs[0][2].X, _legs[1][2].X), MathF.Max(_legs[0][2].X, _legs[1][2].X));
        var own = Costume.Top is Costume.Tops.Bodice or Costume.Tops.Robe ? Costume.Main : person.Role == Motif.Monk ? Costume.Main : Costume.Second;
        var sway = 0.05f * MathF.Max(0, figure.Look.Dynamism);
        switch (Costume.Bottom)
        {
            case Costume.Bottoms.Gown when pose is Pose.Sit or Pose.Ride:
            case Costume.Bottoms.Skirt when pose is Pose.Sit or Pose.Ride:
                figure.Form(new Shape().Limb(0, -0.49f, 0.085f, 0.1f, -0.5f, 0.075f, 0.21f, -0.47f, 0.06f, 0.24f, -0.36f, 0.05f), own, 0.04f);
                break;
            case Costume.Bottoms.Gown:
                Folds(new Shape().Curve(-waist, -0.6f, waist, -0.6f, 0.11f, -0.42f, ahead + 0.075f, -0.04f, ahead + 0.06f, -0.015f, 0, 0.005f, back - 0.07f, -0.015f, back - 0.085f - sway, -0.05f, -0.11f, -0.42f), own);
                break;
            case Costume.Bottoms.Hakama:
                foreach (var i in (ReadOnlySpan<int>)[1, 0])
                {
                    var (knee, foot) = (_legs[i][1], _legs[i][2]);
                    Folds(new Shape().Curve(-waist, -0.6f, waist, -0.6f, knee.X + 0.075f, knee.Y, foot.X + 0.075f, -0.05f, foot.X - 0.075f, -0.04f, knee.X - 0.08f, knee.Y), own);
                }

                break;
            case Costume.Bottoms.Skirt:
                Folds(new Shape().Curve(-waist, -0.6f, waist, -0.6f, 0.1f, -0.46f, right + 0.085f, -0.25f, 0, -0.235f, left - 0.085f - sway, -0.25f, -0.1f, -0.46f), own);
                break;
            case Costume.Bottoms.Tutu:
                for (var i = 3; i >= 0; i--)
                {
                    figure.Flat(new Shape().Oval(0, -0.5f + (0.012f * i), 0.2f + (0.02f * i), 0.034f + (0.012f * i), -4), Costume.Second.Mix(Costume.Main, 0.2f * i), 0.12f * (2 - i), 0.85f);
                }

                break;
            default:
                break;
        }
    }

    private void Folds(Shape shape, Pigment own) => figure.Form(shape, own, 0.045f, 0, () =>
    {
        for (var i = 0; i < figure.Look.Many(7); i++)
        {
            var each = random.Fork(30 + i);
            var x = each.Between(-1, 1);
            figure.Stroke(own.Lighter(each.Pick(-0.09f, 0.06f)), 0.009f, 0.5f, x * 0.05f, -0.56f, x * 0.09f, -0.35f, x * 0.15f, -0.02f);
        }
    });

    private void Leg(int which)
    {
        var (hip, knee, foot) = (_legs[which][0], _legs[which][1], _legs[which][2]);
        var lit = which == 1 ? -0.35f : 0;
        var isBare = Costume.Bottom is Costume.Bottoms.Skirt or Costume.Bottoms.Shorts or Costume.Bottoms.Tutu;
        var wide = Costume.Top == Costume.Tops.Spacesuit ? 1.45f : IsWide ? 1.06f : 0.95f;
        var cloth = Costume.Top switch
        {
            Costume.Tops.Spacesuit => Costume.Main,
            Costume.Tops.Armour when person.Role != Motif.Viking => Costume.Main,
            _ when Costume.Bottom == Costume.Bottoms.Tutu => Pigment.Of(0.9f, 0.03f, 20),
            _ => isBare ? person.Skin : Costume.Second,
        };
        figure.Form(new Shape().Limb(hip.X, hip.Y, 0.05f * wide, knee.X, knee.Y, 0.035f * wide, foot.X, foot.Y - 0.02f, 0.024f * wide), cloth, 0.02f, lit);
        if (Costume.Bottom == Costume.Bottoms.Shorts)
        {
            figure.Form(new Shape().Limb(hip.X, hip.Y, 0.056f, (hip.X * 0.3f) + (knee.X * 0.7f), (hip.Y * 0.3f) + (knee.Y * 0.7f), 0.05f), Costume.Second, 0.02f, lit);
        }

        var shoe = Costume.Bottom == Costume.Bottoms.Tutu || person.Role == Motif.Dancer ? Costume.Main
            : Costume.Top is Costume.Tops.Spacesuit or Costume.Tops.Armour && person.Role != Motif.Viking ? Costume.Main.Darker(0.12f)
            : Pigment.Of(0.28f, 0.03f, 50);
        var boot = Costume.Top is Costume.Tops.Armour or Costume.Tops.Spacesuit || person.Role is Motif.Pirate or Motif.Cowboy or Motif.Fisherman or Motif.Hiker;
        if (pose == Pose.Dance)
        {
            figure.Form(new Shape().Limb(foot.X, foot.Y - 0.02f, 0.022f, foot.X + ((foot.X - knee.X) * 0.16f), foot.Y + ((foot.Y - knee.Y) * 0.16f) - 0.02f, 0.008f), shoe, 0.01f, lit);
            return;
        }

        // A foot is seen from the side where one walks, and else from above its toes.
        var ahead = pose is Pose.Walk or Pose.Run or Pose.Sit or Pose.Ride ? 0.055f : which == 0 ? 0.035f : -0.025f;
        var shape = new Shape().Limb(foot.X, foot.Y - 0.018f, 0.022f * wide, foot.X + ahead, foot.Y - 0.012f, 0.016f * wide);
        figure.Form(boot ? shape.Limb(foot.X, foot.Y - 0.018f, 0.025f * wide, (foot.X * 0.6f) + (knee.X * 0.4f), (foot.Y * 0.6f) + (knee.Y * 0.4f), 0.033f * wide) : shape, shoe, 0.012f, lit);
    }

    private void Limb((float X, float Y)[] arm, bool far)
    {
        var (shoulder, elbow, hand) = (arm[0], arm[1], arm[2]);
        var lit = far ? -0.35f : 0.05f;
        var wide = (Costume.Top == Costume.Tops.Spacesuit ? 1.4f : IsWide ? 1.08f : 0.88f) * (pose is Pose.Walk or Pose.Run && far ? 0.95f : 1);
        var own = Costume.Top switch
        {
            Costume.Tops.Armour when person.Role == Motif.Viking => person.Skin,
            Costume.Tops.Apron when person.Role == Motif.Farmer => Costume.Trim,
            Costume.Tops.Bodice when person.Costume.Bottom == Costume.Bottoms.Tutu || person.Role is Motif.Fairy or Motif.Woman or Motif.Girl => person.Skin,
            _ => Costume.Main,
        };
        var glove = Costume.Top is Costume.Tops.Spacesuit || (Costume.Top == Costume.Tops.Armour && person.Role == Motif.Knight) ? Costume.Main.Darker(0.14f) : person.Skin;
        figure.Form(new Shape().Oval(hand.X, hand.Y, 0.022f * wide, 0.025f * wide), glove, 0.01f, lit);
        var isLoose = Costume.Top is Costume.Tops.Robe or Costume.Tops.Kimono && person.Role != Motif.Ninja;
        var (wristX, wristY) = (hand.X + ((elbow.X - hand.X) * 0.14f), hand.Y + ((elbow.Y - hand.Y) * 0.14f));
        figure.Form(new Shape().Limb(shoulder.X, shoulder.Y, 0.036f * wide, elbow.X, elbow.Y, (isLoose ? 0.04f : 0.028f) * wide, wristX, wristY, (isLoose ? 0.055f : 0.021f) * wide), own, 0.018f, lit);
        if (Costume.Top == Costume.Tops.Bodice && own == person.Skin)
        {
            figure.Form(new Shape().Limb(shoulder.X, shoulder.Y, 0.037f * wide, shoulder.X + ((elbow.X - shoulder.X) * 0.3f), shoulder.Y + ((elbow.Y - shoulder.Y) * 0.3f), 0.036f * wide), Costume.Main, 0.015f, lit);
        }
    }

    private void Tool()
    {
        var (x, y) = _arms[0][2];
        var wood = Materials.DarkWood;
        switch (Costume.Tool)
        {
            case Costume.Tools.Staff:
                figure.Form(new Shape().Limb(x + 0.01f, 0.0f, 0.011f, x, -0.5f, 0.012f, x, -1.02f, 0.014f), wood, 0.008f);
                figure.Easel.Glow(x, -1.07f, 0.14f, Pigment.Of(0.85f, 0.1f, 215).Colour(0.8f));
                figure.Form(new Shape().Oval(x, -1.065f, 0.036f, 0.04f), Pigment.Of(0.78f, 0.11f, 215), 0.015f, 0.2f);
                break;
            case Costume.Tools.Broom:
                figure.Form(new Shape().Limb(x, -0.12f, 0.01f, x, -0.9f, 0.01f), wood, 0.006f);
                figure.Form(new Shape().Curve(x - 0.02f, -0.22f, x + 0.02f, -0.22f, x + 0.055f, -0.02f, x, 0, x - 0.055f, -0.02f), Pigment.Of(0.74f, 0.09f, 80), 0.015f);
                break;
            case Costume.Tools.Stick:
                figure.Form(new Shape().Limb(x + 0.02f, 0, 0.008f, x, -0.62f, 0.01f), wood, 0.006f);
                break;
            case Costume.Tools.Sword or Costume.Tools.Katana:
                var (tipX, tipY) = Costume.Tool == Costume.Tools.Sword ? (x + 0.12f, y - 0.42f) : (x + 0.3f, y - 0.3f);
                figure.Form(new Shape().Limb(x, y, 0.015f, (x + tipX) / 2, ((y + tipY) / 2) + (Costume.Tool == Costume.Tools.Katana ? 0.02f : 0), 0.014f, tipX, tipY, 0.003f), Materials.Steel.Lighter(0.12f), 0.006f, 0.3f);
                figure.Form(new Shape().Limb(x + ((x - tipX) * 0.2f), y + ((y - tipY) * 0.2f), 0.01f, x, y, 0.01f).Limb(x - 0.045f, y - 0.03f, 0.009f, x + 0.05f, y - 0.002f, 0.009f), Costume.Trim, 0.005f);
                break;
            case Costume.Tools.Axe:
                figure.Form(new Shape().Limb(x - 0.02f, y + 0.2f, 0.011f, x + 0.03f, y - 0.26f, 0.011f), wood, 0.006f);
                figure.Form(new Shape().Curve(x + 0.02f, y - 0.26f, x + 0.12f, y - 0.31f, x + 0.15f, y - 0.2f, x + 0.11f, y - 0.12f, x + 0.02f, y - 0.16f), Materials.Steel, 0.02f);
                break;
            case Costume.Tools.Guitar:
                figure.At(-0.03f, -0.53f, 1, -68, () =>
                {
                    figure.Form(new Shape().Limb(0, -0.08f, 0.014f, 0, -0.36f, 0.012f).Polygon(-0.024f, -0.34f, 0.024f, -0.34f, 0.02f, -0.42f, -0.02f, -0.42f), wood, 0.008f);
                    figure.Form(new Shape().Oval(0, 0.03f, 0.095f, 0.085f).Oval(0, -0.075f, 0.07f, 0.06f), Pigment.Of(0.64f, 0.12f, 60), 0.025f);
                    figure.Oval(0, -0.02f, 0.028f, 0.028f, Pigment.Of(0.25f, 0.04f, 50));
                });
                break;
            case Costume.Tools.Rod:
                figure.Stroke(wood, 0.012f, 1, x - 0.03f, y + 0.06f, x + 0.16f, y - 0.3f, x + 0.44f, y - 0.58f);
                figure.Stroke(Pigment.White, 0.004f, 0.8f, x + 0.44f, y - 0.58f, x + 0.5f, y - 0.2f, x + 0.5f, 0.02f);
                break;
            case Costume.Tools.Fork:
                figure.Form(new Shape().Limb(x + 0.01f, 0, 0.009f, x, -0.82f, 0.009f), wood, 0.006f);
                figure.Stroke(Materials.Iron, 0.012f, 1, x - 0.045f, -0.96f, x - 0.04f, -0.85f, x, -0.82f, x + 0.04f, -0.85f, x + 0.045f, -0.96f);
                figure.Easel.Line(x, -0.82f, x, -0.97f, figure.Tone(Materials.Iron), 0.012f);
                break;
            case Costume.Tools.Wand:
                figure.Easel.Line(x, y, x + 0.09f, y - 0.12f, figure.Tone(wood), 0.01f);
                figure.Easel.Glow(x + 0.1f, y - 0.13f, 0.09f, Pigment.Of(0.92f, 0.1f, 95).Colour(0.9f));
                break;
            case Costume.Tools.Pan:
                figure.Form(new Shape().Limb(x, y, 0.011f, x + 0.1f, y - 0.015f, 0.01f).Oval(x + 0.17f, y - 0.02f, 0.08f, 0.024f), Materials.Iron, 0.01f);
                break;
            default:
                break;
        }
    }

    private static (float X, float Y)[][] Legs(Pose pose, SeededRandom random) => pose switch
    {
        Pose.Walk => [[(0.012f, -0.49f), (0.085f, -0.265f), (0.125f, -0.012f)], [(-0.012f, -0.49f), (0.0f, -0.26f), (-0.125f, -0.055f)]],
        Pose.Run => [[(0.012f, -0.49f), (0.18f, -0.36f), (0.14f, -0.12f)], [(-0.012f, -0.49f), (-0.07f, -0.27f), (-0.27f, -0.2f)]],
        Pose.Sit => [[(0.02f, -0.235f), (0.21f, -0.265f), (0.24f, -0.01f)], [(0f, -0.235f), (0.17f, -0.25f), (0.15f, -0.01f)]],
        Pose.Ride => [[(0.01f, -0.49f), (0.16f, -0.4f), (0.13f, -0.16f)], [(0f, -0.49f), (0.14f, -0.41f), (0.1f, -0.2f)]],
        Pose.Dance => [[(0.02f, -0.49f), (0.02f, -0.26f), (0.012f, -0.03f)], [(-0.02f, -0.49f), (-0.24f, -0.47f), (-0.45f, -0.52f)]],
        _ when random.Happens(0.5f) => [[(0.042f, -0.49f), (0.05f, -0.26f), (0.055f, -0.006f)], [(-0.042f, -0.49f), (-0.046f, -0.26f), (-0.05f, -0.014f)]],
        _ => [[(0.042f, -0.49f), (0.075f, -0.27f), (0.075f, -0.006f)], [(-0.042f, -0.49f), (-0.036f, -0.26f), (-0.035f, -0.012f)]],
    };

    private static (float X, float Y)[][] Arms(Pose pose, bool holds, SeededRandom random)
    {
        // A hand that holds something stays before the body, whatever the legs do.
        ((float, float)[] near, (float, float)[] far) = (holds && pose is Pose.Walk or Pose.Run ? Pose.Stand : pose) switch
        {
            Pose.Walk => ([(-0.075f, -0.775f), (-0.125f, -0.65f), (-0.11f, -0.525f)], [(0.068f, -0.775f), (0.12f, -0.66f), (0.165f, -0.565f)]),
            Pose.Run => ([(-0.07f, -0.775f), (-0.165f, -0.69f), (-0.08f, -0.61f)], [(0.065f, -0.775f), (0.14f, -0.67f), (0.2f, -0.76f)]),
            Pose.Sit => ([(0.085f, -0.775f), (0.12f, -0.64f), (0.17f, -0.55f)], [(-0.085f, -0.775f), (-0.11f, -0.64f), (-0.02f, -0.56f)]),
            Pose.Ride => ([(0.085f, -0.775f), (0.11f, -0.64f), (0.2f, -0.6f)], [(-0.07f, -0.775f), (0.03f, -0.64f), (0.17f, -0.6f)]),
            Pose.Dance => ([(0.085f, -0.785f), (0.2f, -0.9f), (0.16f, -1.06f)], [(-0.085f, -0.785f), (-0.22f, -0.79f), (-0.35f, -0.73f)]),
            _ => random.Below(4) switch
            {
                0 => ([(0.095f, -0.775f), (0.16f, -0.66f), (0.1f, -0.56f)], [(-0.095f, -0.775f), (-0.125f, -0.64f), (-0.125f, -0.5f)]),
                1 => ([(0.095f, -0.775f), (0.17f, -0.7f), (0.2f, -0.85f)], [(-0.095f, -0.775f), (-0.125f, -0.64f), (-0.125f, -0.5f)]),
                _ => (((float, float)[])[(0.095f, -0.775f), (0.13f, -0.64f), (0.125f, -0.5f)], ((float, float)[])[(-0.095f, -0.775f), (-0.13f, -0.64f), (-0.125f, -0.5f)]),
            },
        };
        return [holds && pose != Pose.Dance ? [near[0], (0.14f, -0.66f), (0.21f, -0.6f)] : near, far];
    }
}

namespace Personalization.Painter.Figures;

/// <summary>
/// Animals on four legs from the side, from one skeleton and the build of each breed. Drawn around the ground under the
/// belly, the shoulder one unit up, facing right.
/// </summary>
internal sealed class Quadruped(FigureCanvas figure, Breed breed, SeededRandom random, Pose pose)
{
    private readonly float _chestY = -(1 + breed.Belly) / 2;
    private readonly float _girth = (1 - breed.Belly) / 2;
    private readonly float _headX = breed.Body + breed.Head.Ahead;
    private readonly float _headY = -breed.Head.Up;

    private (float X, float Y) Nose
    {
        get
        {
            var (sine, cosine) = MathF.SinCos(breed.Pitch * MathF.PI / 180);
            return (_headX + (cosine * breed.Muzzle), _headY + (sine * breed.Muzzle));
        }
    }

    private Pigment Sock => breed.Pattern switch
    {
        Breed.Patterns.Panda or Breed.Patterns.Wool => breed.Pattern == Breed.Patterns.Panda ? breed.Coat.Back : breed.Coat.Pale,
        _ => breed.Coat.Own,
    };

    public void Paint()
    {
        if (pose != Pose.Run)
        {
            figure.Shadow(0, breed.Body + 0.42f);
        }

        figure.Form(FarLegs(), Sock.Darker(0.06f), 0.05f, -0.5f, () => Feet(far: true));
        Tail();
        if (!breed.LooksAtUs)
        {
            Ear(0.35f, -0.4f);
        }

        Headgear(isFar: true);
        figure.Form(Body(), breed.Coat.Own, 0.1f, marks: Coat);
        if (breed.Pattern is Breed.Patterns.Wool or Breed.Patterns.Panda)
        {
            figure.Form(NearLegs(), Sock, 0.05f, marks: () => Feet(far: false));
            Fleece();
        }

        if (breed.HasMane && !breed.LooksAtUs)
        {
            Mane();
        }

        if (breed.LooksAtUs)
        {
            figure.At(_headX, _headY, breed.Skull * 1.32f, pose == Pose.Run ? 6 : 0, () => new AnimalFace(figure, breed, random.Fork("face")).Paint());
            return;
        }

        Profile();
        Headgear(isFar: false);
    }

    private Shape Body()
    {
        var (body, girth) = (breed.Body, _girth);
        var shape = new Shape()
            .Limb(
                -body * 0.86f, _chestY - (girth * 0.04f), girth * (breed.Foot == Breed.Feet.Column ? 1.02f : 0.92f),
                -body * 0.1f, _chestY - (girth * (1 - breed.Waist) * 0.6f), girth * breed.Waist,
                body * 0.62f, _chestY, girth)
            .Limb(
                body * 0.62f, _chestY - (girth * 0.3f), breed.Neck.Base,
                (body * 0.62f) + ((_headX - (body * 0.62f)) * 0.55f), _chestY + ((_headY - _chestY) * 0.48f), (breed.Neck.Base * 0.45f) + (breed.Neck.Top * 0.55f),
                _headX - (breed.Skull * 0.2f), _headY + (breed.Skull * 0.1f), breed.Neck.Top);
        if (!breed.LooksAtUs && breed.Pattern != Breed.Patterns.Wool)
        {
            Skull(shape);
        }

        if (breed.Pattern is not (Breed.Patterns.Wool or Breed.Patterns.Panda))
        {
            AddLegs(shape, far: false);
        }

        return shape;
    }

    private void Skull(Shape shape)
    {
        var (nose, skull) = (Nose, breed.Skull);
        shape.Limb(_headX, _headY, skull, _headX + ((nose.X - _headX) * 0.5f), _headY + ((nose.Y - _headY) * 0.5f) + (skull * 0.12f), (skull * 0.42f) + (breed.Snout * 0.4f), nose.X, nose.Y, breed.Snout);
        if (breed.HasTrunk)
        {
            shape.Limb(_headX + 0.16f, _headY + 0.06f, 0.17f, _headX + 0.32f, _headY + 0.36f, 0.1f, _headX + 0.34f, -0.34f, 0.07f, _headX + 0.38f, -0.14f, 0.055f, _headX + 0.48f, -0.17f, 0.045f);
        }
    }

    private Shape NearLegs() => AddLegs(new(), far: false);

    private Shape FarLegs() => AddLegs(new(), far: true);

    private Shape AddLegs(Shape shape, bool far) => shape.Limb(Leg(isHind: false, far)).Limb(Leg(isHind: true, far));

    /// <summary>Joints from shoulder or hip to toe; see <see cref="Shape.Limb"/>.</summary>
    private float[] Leg(bool isHind, bool far)
    {
        var (thigh, shin, up) = (breed.Legs.Thigh * (far ? 0.8f : 1), breed.Legs.Shin, -breed.Belly);
        var x = isHind ? -breed.Body * 0.84f : breed.Body * 0.66f;
        if (pose == Pose.Run)
        {
            return Gallop(isHind, far, x, up, thigh, shin);
        }

        // A walking leg swings about its joint: forward and back by turns.
        var swing = (pose == Pose.Walk ? 0.17f : 0.06f) * (far == isHind ? 1 : -1) + (far ? 0.05f : 0);
        if (breed.Foot == Breed.Feet.Column)
        {
            return [x, up - 0.1f, thigh, x + (swing * 0.5f), up * 0.6f, shin * 1.06f, x + swing, -shin, shin];
        }

        return isHind
            ? [x, up - 0.16f, thigh * 1.15f, x + 0.09f + (swing * 0.3f), up * 0.92f, thigh * 0.72f, x - 0.1f + (swing * 0.6f), up * 0.44f, shin * 1.15f, x - 0.06f + swing, -0.1f, shin * 0.95f, x + swing, -shin * 0.8f, shin]
            : [x, up - 0.12f, thigh, x - 0.03f + (swing * 0.25f), up * 0.92f, thigh * 0.62f, x + (swing * 0.6f), up * 0.48f, shin * 1.2f, x + (swing * 0.95f), -0.1f, shin * 0.92f, x + 0.04f + swing, -shin * 0.8f, shin];
    }

    private static float[] Gallop(bool isHind, bool far, float x, float up, float thigh, float shin) => (isHind, far) switch
    {
        (false, true) => [x, up - 0.1f, thigh, x + 0.14f, up * 0.62f, thigh * 0.55f, x - 0.1f, up * 0.36f, shin * 1.1f, x - 0.24f, up * 0.5f, shin],
        (true, true) => [x, up - 0.1f, thigh, x + 0.2f, up * 0.62f, thigh * 0.6f, x + 0.14f, up * 0.3f, shin * 1.1f, x + 0.36f, up * 0.08f, shin],
        (false, false) => [x, up - 0.1f, thigh, x + 0.2f, up * 0.78f, thigh * 0.6f, x + 0.4f, up * 0.52f, shin * 1.2f, x + 0.62f, up * 0.4f, shin],
        _ => [x, up - 0.1f, thigh * 1.1f, x - 0.04f, up * 0.62f, thigh * 0.66f, x - 0.32f, up * 0.5f, shin * 1.2f, x - 0.56f, up * 0.16f, shin],
    };

    private void Feet(bool far)
    {
        foreach (var isHind in (ReadOnlySpan<bool>)[false, true])
        {
            var leg = Leg(isHind, far);
            var (x, y, radius) = (leg[^3], leg[^2], leg[^1]);
            if (breed.Foot == Breed.Feet.Hoof)
            {
                figure.Flat(new Shape().Oval(x + (radius * 0.3f), y + (radius * 0.5f), radius * 1.5f, radius * 1.1f), Pigment.Of(0.28f, 0.02f, 50));
            }
            else if (breed.Foot == Breed.Feet.Column)
            {
                for (var toe = 0; toe < 3; toe++)
                {
                    figure.Oval(x + (radius * (0.1f + (0.42f * toe))), y + (radius * 0.78f), radius * 0.2f, radius * 0.22f, breed.HasTrunk ? breed.Coat.Pale.Lighter(0.14f) : Pigment.Of(0.2f, 0.01f, 60), 0, 0.9f);
                }
            }
        }
    }

    private void Coat()
    {
        var (own, back, pale) = breed.Coat;
        var (nose, body) = (Nose, breed.Body);
        new CoatPattern(figure, random.Fork("coat")).Paint(breed, -body - 0.35f, _headX + 0.3f, _headY - 0.3f);
        if (!breed.HasTrunk && breed.Pattern is not (Breed.Patterns.Wool or Breed.Patterns.Panda or Breed.Patterns.Patches or Breed.Patterns.Bands))
        {
            // Pale where the light never reaches: belly, chest, throat and muzzle.
            figure.Flat(
                new Shape().Curve(
                    -body * 0.72f, -breed.Belly + 0.16f, -body * 0.3f, -breed.Belly - 0.03f, body * 0.3f, -breed.Belly - 0.03f, body * 0.85f, _chestY + 0.02f, body + 0.02f, _chestY - (_girth * 0.9f),
                    _headX + (breed.Skull * 0.2f), _headY + (breed.Skull * 0.5f), nose.X + 0.2f, nose.Y - (breed.Snout * 0.1f), nose.X + 0.1f, nose.Y + 0.4f, body * 1.25f, -breed.Belly + 0.12f, 0, -breed.Belly + 0.14f),
                pale,
                alpha: breed.Foot == Breed.Feet.Hoof ? 0.55f : 0.85f);
        }

        if (breed.Coat.Own.L > 0.6f && breed.Pattern == Breed.Patterns.Plain && breed is { Ear: Breed.Ears.Pointed, Foot: Breed.Feet.Paw })
        {
            // A fox has dark stockings.
            foreach (var isHind in (ReadOnlySpan<bool>)[false, true])
            {
                var leg = Leg(isHind, far: false);
                figure.Flat(new Shape().Limb(leg.AsSpan(leg.Length - 9)), Pigment.Of(0.24f, 0.02f, 40), 0, 0.92f);
            }
        }

        Feet(far: false);
        for (var i = 0; i < figure.Look.Many(90); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-body - 0.3f, _headX), _chestY + each.Between(-_girth, _girth));
            figure.Easel.Line(x, y, x - each.Between(0.03f, 0.07f), y + each.Between(0, 0.035f), figure.Tone(each.Happens(0.5f) ? back.Darker(0.06f) : own.Lighter(0.1f), 0, 0.24f), 0.008f);
        }

        // The line of thigh and shoulder.
        foreach (var x in (ReadOnlySpan<float>)[-body * 0.62f, body * 0.5f])
        {
            figure.Stroke(own.Darker(0.24f), 0.014f, 0.3f, x + 0.02f, _chestY - (_girth * 0.3f), x + 0.075f, _chestY + (_girth * 0.25f), x + 0.04f, _chestY + (_girth * 0.8f));
        }
    }

    private void Tail()
    {
        var (x, y) = (-breed.Body - (_girth * 0.7f), _chestY - (_girth * 0.55f));
        var isUp = pose == Pose.Run;
        var (own, back, pale) = breed.Coat;
        switch (breed.Tail)
        {
            case Breed.Tails.Curl when breed.Size < 0.7f:
                figure.Stroke(own.Darker(0.04f), 0.05f, 1, x, y + 0.05f, x - 0.12f, y - 0.04f, x - 0.1f, y - 0.14f, x - 0.03f, y - 0.08f, x - 0.12f, y - 0.0f);
                break;
            case Breed.Tails.Curl:
                figure.Form(new Shape().Limb(x + 0.06f, y + 0.04f, 0.07f, x - 0.1f, y - 0.16f, 0.1f, x - 0.04f, y - 0.38f, 0.11f, x + 0.14f, y - 0.4f, 0.085f, x + 0.18f, y - 0.28f, 0.04f), own, 0.06f, 0, () =>
                    figure.Flat(new Shape().Limb(x + 0.06f, y - 0.3f, 0.09f, x + 0.2f, y - 0.26f, 0.08f), pale, 0, 0.9f));
                break;
            case Breed.Tails.Brush:
                var drop = isUp ? 0 : breed.Coat.Own.L > 0.6f ? 0.26f : 0.4f;
                figure.Form(new Shape().Limb(x + 0.1f, y + 0.06f, 0.05f, x - 0.16f, y + 0.06f + (drop * 0.4f), 0.1f, x - 0.4f, y + 0.05f + (drop * 0.9f), 0.13f, x - 0.66f, y + drop, 0.022f), own, 0.06f, 0, () =>
                    figure.Flat(new Shape().Limb(x - 0.52f, y + 0.03f + drop, 0.12f, x - 0.72f, y + drop, 0.09f), breed.Pattern == Breed.Patterns.Saddle ? back : pale, 0, 0.92f));
                break;
            case Breed.Tails.Long:
                figure.Form(new Shape().Limb(x + 0.08f, y + 0.08f, 0.06f, x - 0.22f, y + 0.1f, 0.052f, x - 0.42f, y - 0.12f, 0.048f, x - 0.4f, y - 0.42f, 0.044f, x - 0.28f, y - 0.52f, 0.036f), own, 0.03f, 0, () => Rings(x, y));
                break;
            case Breed.Tails.Tuft:
                figure.Form(new Shape().Limb(x + 0.1f, y + 0.05f, 0.045f, x - 0.1f, y + 0.1f, 0.03f, x - 0.17f, y + 0.42f, 0.024f), own, 0.02f);
                figure.Form(new Shape().Limb(x - 0.165f, y + 0.36f, 0.03f, x - 0.18f, y + 0.48f, 0.06f, x - 0.16f, y + 0.6f, 0.01f), breed.Pattern == Breed.Patterns.Plain ? Pigment.Of(0.34f, 0.05f, 50) : back, 0.02f);
                break;
            case Breed.Tails.Hair:
                figure.Form(
                    isUp
                        ? new Shape().Limb(x + 0.1f, y + 0.04f, 0.05f, x - 0.2f, y + 0.02f, 0.085f, x - 0.45f, y + 0.1f, 0.09f, x - 0.75f, y + 0.12f, 0.012f)
                        : new Shape().Limb(x + 0.1f, y + 0.04f, 0.05f, x - 0.1f, y + 0.12f, 0.085f, x - 0.17f, y + 0.42f, 0.095f, x - 0.22f, y + 0.78f, 0.015f),
                    back,
                    0.04f);
                break;
            default:
                figure.Form(new Shape().Limb(x + 0.08f, y + 0.06f, 0.07f, x - 0.03f, y + 0.06f, 0.05f), breed.HasAntlers ? pale : own, 0.03f);
                break;
        }
    }

    private void Rings(float x, float y)
    {
        if (breed.Pattern is Breed.Patterns.Stripes or Breed.Patterns.Spots)
        {
            var dark = breed.Pattern == Breed.Patterns.Stripes && breed.Size > 0.8f || breed.Pattern == Breed.Patterns.Spots ? Pigment.Of(0.2f, 0.02f, 50) : breed.Coat.Back;
            for (var i = 0; i < 7; i++)
            {
                var t = i / 7f;
                var (cx, cy) = (x - 0.1f - (0.34f * MathF.Sin(t * 2)), y + 0.1f - (0.6f * t * t));
                figure.Easel.Line(cx - 0.06f, cy - 0.06f, cx + 0.06f, cy + 0.05f, figure.Tone(dark, 0, 0.85f), 0.035f);
            }
        }
    }

    private void Profile()
    {
        var (nose, skull) = (Nose, breed.Skull);
        if (breed.Pattern == Breed.Patterns.Wool)
        {
            var head = new Shape();
            Skull(head);
            figure.Form(head, breed.Coat.Pale, 0.06f);
        }

        Ear(-0.15f, 0);
        if (breed.HasBeard)
        {
            figure.Form(new Shape().Limb(nose.X - 0.06f, nose.Y + 0.05f, 0.055f, nose.X - 0.07f, nose.Y + 0.18f, 0.045f, nose.X - 0.11f, nose.Y + 0.33f, 0.008f), breed.Coat.Pale, 0.03f);
        }

        var ink = Pigment.Of(0.17f, 0.012f, 280);
        if (!breed.HasTrunk)
        {
            if (breed.Foot == Breed.Feet.Paw)
            {
                figure.Oval(nose.X + (breed.Snout * 0.55f), nose.Y - (breed.Snout * 0.35f), breed.Snout * 0.62f, breed.Snout * 0.5f, ink);
            }
            else if (breed.Ear == Breed.Ears.Floppy)
            {
                figure.Form(new Shape().Oval(nose.X + (breed.Snout * 0.7f), nose.Y, breed.Snout * 0.42f, breed.Snout * 1.05f, -6), breed.Coat.Pale.Darker(0.03f), 0.03f);
                figure.Oval(nose.X + (breed.Snout * 0.76f), nose.Y - (breed.Snout * 0.35f), breed.Snout * 0.13f, breed.Snout * 0.22f, ink, 0, 0.7f);
            }
            else
            {
                figure.Oval(nose.X + (breed.Snout * 0.5f), nose.Y - (breed.Snout * 0.1f), breed.Snout * 0.2f, breed.Snout * 0.28f, ink, 0, 0.85f);
            }

            figure.Stroke(ink, 0.013f, 0.6f, nose.X + (breed.Snout * 0.6f), nose.Y + (breed.Snout * 0.55f), nose.X - (breed.Muzzle * 0.2f), nose.Y + (breed.Snout * 0.6f), nose.X - (breed.Muzzle * 0.42f), nose.Y + (breed.Snout * 0.3f));
        }

        var (alongX, alongY) = ((nose.X - _headX) / breed.Muzzle, (nose.Y - _headY) / breed.Muzzle);
        var ahead = skull * (breed.Pitch > 40 ? 0.55f : 0.42f);
        var rise = skull * (breed.Pitch > 40 ? 0.42f : 0.28f);
        var (eyeX, eyeY) = (_headX + (alongX * ahead) + (alongY * rise), _headY + (alongY * ahead) - (alongX * rise));
        if (breed.HasTrunk)
        {
            (eyeX, eyeY) = (_headX + 0.14f, _headY - 0.04f);
        }

        figure.Eye(eyeX, eyeY, breed.HasTrunk ? 0.026f : MathF.Max(0.026f, skull * 0.19f));
    }

    private void Ear(float shift, float lit)
    {
        var (x, y, skull) = (_headX - (breed.Skull * 0.3f) + (shift * breed.Skull), _headY - (breed.Skull * 0.6f), breed.Skull * breed.EarSize);
        var own = breed.Pattern switch
        {
            Breed.Patterns.Saddle or Breed.Patterns.Patches => breed.Coat.Back,
            Breed.Patterns.Wool => breed.Coat.Pale,
            _ => breed.Coat.Own,
        };
        switch (breed.Ear)
        {
            case Breed.Ears.Pointed:
                figure.Form(new Shape().Curve(x - (skull * 0.46f), y + (skull * 0.4f), x - (skull * 0.34f), y - (skull * 0.5f), x - (skull * 0.02f), y - (skull * 1.25f), x + (skull * 0.38f), y - (skull * 0.4f), x + (skull * 0.48f), y + (skull * 0.3f)), own, 0.03f, lit, () =>
                    figure.Flat(new Shape().Curve(x - (skull * 0.1f), y + (skull * 0.3f), x + (skull * 0.02f), y - (skull * 0.9f), x + (skull * 0.3f), y + (skull * 0.1f)), breed.Coat.Pale.Mix(Pigment.Of(0.6f, 0.06f, 20), 0.5f), lit, 0.6f));
                break;
            case Breed.Ears.Leaf:
                figure.Form(new Shape().Curve(x + (skull * 0.1f), y + (skull * 0.35f), x - (skull * 0.5f), y - (skull * 0.05f), x - (skull * 1.35f), y - (skull * 0.42f), x - (skull * 0.75f), y + (skull * 0.42f)), own, 0.03f, lit - 0.1f, () =>
                    figure.Flat(new Shape().Oval(x - (skull * 0.55f), y + (skull * 0.12f), skull * 0.5f, skull * 0.14f, 16), Pigment.Of(0.7f, 0.06f, 25), lit, 0.6f));
                break;
            case Breed.Ears.Floppy when breed.Foot == Breed.Feet.Hoof:
                figure.Form(new Shape().Curve(x - (skull * 0.5f), y + (skull * 0.2f), x - (skull * 0.1f), y - (skull * 0.75f), x + (skull * 0.85f), y - (skull * 0.35f), x + (skull * 0.25f), y + (skull * 0.35f)), own.Darker(0.04f), 0.03f, lit);
                break;
            case Breed.Ears.Floppy:
                figure.Form(new Shape().Curve(x - (skull * 0.2f), y - (skull * 0.2f), x + (skull * 0.42f), y + (skull * 0.05f), x + (skull * 0.36f), y + (skull * 0.95f), x - (skull * 0.08f), y + (skull * 1.5f), x - (skull * 0.5f), y + (skull * 0.9f)), breed.Coat.Back.Darker(0.03f), 0.03f, lit);
                break;
            case Breed.Ears.Fan when lit >= 0:
                figure.Form(new Shape().Curve(_headX + 0.0f, _headY - 0.2f, _headX - 0.24f, _headY - 0.3f, _headX - 0.48f, _headY - 0.14f, _headX - 0.5f, _headY + 0.16f, _headX - 0.3f, _headY + 0.46f, _headX - 0.12f, _headY + 0.34f, _headX - 0.02f, _headY + 0.12f), own.Darker(0.03f), 0.06f, 0, () =>
                    figure.Flat(new Shape().Oval(_headX - 0.26f, _headY + 0.06f, 0.14f, 0.24f, 14), breed.Coat.Pale, 0, 0.5f));
                break;
            default:
                break;
        }
    }

    private void Headgear(bool isFar)
    {
        var (x, y, skull) = (_headX - (breed.Skull * 0.1f), _headY - (breed.Skull * 0.75f), breed.Skull);
        if (breed.HasAntlers)
        {
            Antler(x, y, isFar);
        }
        else if (breed.HasTrunk && !isFar)
        {
            figure.Form(new Shape().Limb(_headX + 0.2f, _headY + 0.22f, 0.045f, _headX + 0.38f, _headY + 0.4f, 0.036f, _headX + 0.62f, _headY + 0.36f, 0.008f), Pigment.Of(0.94f, 0.03f, 85), 0.02f);
        }
        else if (breed.HasHorns && !isFar && breed.Foot == Breed.Feet.Hoof)
        {
            var horn = Pigment.Of(0.85f, 0.035f, 80);
            if (breed.Pattern == Breed.Patterns.Tiles)
            {
                figure.Form(new Shape().Limb(x, y + 0.03f, 0.03f, x - 0.04f, y - 0.14f, 0.026f), breed.Coat.Own, 0.02f);
                figure.Form(new Shape().Oval(x - 0.045f, y - 0.15f, 0.045f, 0.04f), breed.Coat.Back.Darker(0.15f), 0.02f);
            }
            else if (breed.HasMane)
            {
                figure.Form(new Shape().Limb(x + (skull * 0.7f), y + 0.06f, 0.034f, x + (skull * 1.25f), y - 0.19f, 0.02f, x + (skull * 1.75f), y - 0.42f, 0.004f), Pigment.Of(0.9f, 0.08f, 88), 0.02f);
            }
            else
            {
                var back = breed.Pattern == Breed.Patterns.Saddle;
                figure.Form(
                    back
                        ? new Shape().Limb(x + 0.02f, y + 0.05f, 0.058f, x - 0.02f, y - 0.18f, 0.05f, x - 0.18f, y - 0.32f, 0.036f, x - 0.36f, y - 0.26f, 0.01f)
                        : new Shape().Limb(x + 0.02f, y + 0.05f, 0.045f, x + 0.1f, y - 0.08f, 0.034f, x + 0.1f, y - 0.22f, 0.006f),
                    back ? Pigment.Of(0.45f, 0.03f, 70) : horn,
                    0.02f);
            }
        }
    }

    private void Antler(float x, float y, bool isFar)
    {
        var (shift, spread) = isFar ? (0.06f, 0.3f) : (-0.03f, -0.2f);
        var bone = Pigment.Of(0.62f, 0.05f, 72);
        var shape = new Shape()
            .Limb(x + shift, y + 0.06f, 0.03f, x + shift + (spread * 0.35f) - 0.06f, y - 0.17f, 0.026f, x + shift + (spread * 1.05f), y - 0.38f, 0.021f, x + shift + (spread * 0.95f) + 0.05f, y - 0.62f, 0.006f)
            .Limb(x + shift, y, 0.022f, x + shift + 0.1f, y - 0.1f, 0.018f, x + shift + 0.17f, y - 0.24f, 0.004f)
            .Limb(x + shift + (spread * 0.5f) - 0.05f, y - 0.22f, 0.02f, x + shift + (spread * 0.5f) + 0.08f, y - 0.3f, 0.016f, x + shift + (spread * 0.5f) + 0.12f, y - 0.44f, 0.004f)
            .Limb(x + shift + (spread * 0.95f), y - 0.38f, 0.018f, x + shift + (spread * 1.45f), y - 0.46f, 0.014f, x + shift + (spread * 1.6f), y - 0.58f, 0.004f);
        figure.Form(shape, bone, 0.018f, isFar ? -0.35f : 0.1f);
    }

    // A sheep's fleece: curls along the outline and over the body.
    private void Fleece()
    {
        if (breed.Pattern != Breed.Patterns.Wool)
        {
            return;
        }

        var curls = new Shape();
        for (var i = 0; i < 20; i++)
        {
            var (down, across) = MathF.SinCos(i * MathF.Tau / 20);
            curls.Oval(-0.02f + (across * (breed.Body + 0.08f)), _chestY + (down * _girth * 0.95f), 0.13f, 0.12f);
        }

        curls.Oval(0, _chestY, breed.Body, _girth).Oval(_headX - 0.07f, _headY - 0.13f, 0.13f, 0.1f);
        figure.Form(curls, breed.Coat.Own, 0.09f, 0, () =>
        {
            for (var i = 0; i < figure.Look.Many(26); i++)
            {
                var each = random.Fork(70 + i);
                figure.Easel.Ring(each.Between(-0.62f, 0.62f), _chestY + each.Between(-0.3f, 0.28f), each.Between(0.05f, 0.085f), figure.Tone(breed.Coat.Back.Darker(0.06f), 0, 0.5f), 0.016f);
            }
        });
    }

    private void Mane()
    {
        var (fromX, fromY) = (breed.Body * 0.5f, -1.0f);
        var wind = 0.06f + (0.16f * Math.Max(0, figure.Look.Dynamism)) + (pose == Pose.Run ? 0.08f : 0);
        var tone = breed.Pattern == Breed.Patterns.Bands ? breed.Coat.Back : breed.Coat.Back.Darker(0.03f);
        var isStiff = breed.Pattern == Breed.Patterns.Bands;
        for (var i = 0; i < 26; i++)
        {
            var each = random.Fork(900 + i);
            var t = i / 25f;
            var bow = MathF.Sin(t * MathF.PI) * 0.05f;
            var (x, y) = (fromX + ((_headX - fromX) * t) - (breed.Neck.Base * 0.62f * (1 - t)) - (breed.Neck.Top * 0.75f * t) + bow, fromY + ((_headY - fromY) * t) - (0.1f * t) + (0.02f * (1 - t)));
            var own = tone.Lighter(each.Between(-0.04f, 0.07f));
            if (isStiff)
            {
                figure.Easel.Line(x + 0.03f, y + 0.03f, x - 0.07f, y - 0.05f, figure.Tone(i % 4 < 2 ? own : breed.Coat.Own), 0.035f);
                continue;
            }

            figure.Stroke(own, 0.04f, 1, x + 0.02f, y + 0.02f, x - (wind * 0.5f), y + 0.05f, x - wind - each.Between(0, 0.07f), y + each.Between(0.08f, 0.2f));
        }

        if (!isStiff)
        {
            figure.Stroke(tone, 0.045f, 1, _headX - 0.02f, _headY - (breed.Skull * 1.05f), _headX + 0.08f, _headY - (breed.Skull * 0.5f), _headX + 0.09f, _headY + 0.02f);
        }
    }
}

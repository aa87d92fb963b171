import type { ReactElement } from "react";
import { Menu, MenuItem } from "./menu.tsx";

export interface TroubleMenuProps {
  /** Whether the user's level lets changes through. */
  readonly mayWrite: boolean;
  readonly actions: TroubleActions;
}

export interface TroubleActions {
  readonly refuseNextCreate: () => void;
  readonly cutNextAnswer: () => void;
  readonly refuseToken: () => void;
  readonly setMayWrite: (mayWrite: boolean) => void;
  readonly reload: () => void;
  readonly startOver: () => void;
}

/** What goes wrong in the field, on demand, from the platform in this browser. */
export function TroubleMenu({ mayWrite, actions }: TroubleMenuProps): ReactElement {
  return (
    <Menu label="Trouble" icon="bolt">
      <p className="menu-head">Make trouble, and watch nothing get lost</p>
      <MenuItem
        title="Refuse the next create"
        hint="PermissionDenied: the change is parked until you decide"
        onSelect={actions.refuseNextCreate}
      />
      <MenuItem
        title="Lose the next answer"
        hint="The platform acts, its answer never arrives"
        onSelect={actions.cutNextAnswer}
      />
      <MenuItem
        title="Refuse the token"
        hint="Sending stops until you give a new one"
        onSelect={actions.refuseToken}
      />
      <MenuItem
        title="Level UPLOAD in the project"
        hint={
          mayWrite
            ? "Take it away: changes will be parked"
            : "Give it back, then retry what is parked"
        }
        isOn={mayWrite}
        onSelect={() => actions.setMayWrite(!mayWrite)}
      />
      <hr />
      <MenuItem
        title="Reload this tab"
        hint="Everything stored is there again"
        onSelect={actions.reload}
      />
      <MenuItem
        title="Start over…"
        hint="Empty this device and the platform in this browser"
        onSelect={actions.startOver}
      />
    </Menu>
  );
}

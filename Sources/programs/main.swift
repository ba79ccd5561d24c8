// Does nothing: whoever builds it builds kam and kamd, in one plan, with the modules of both side by side.
